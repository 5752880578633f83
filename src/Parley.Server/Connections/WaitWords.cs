using System.Globalization;
using Parley.Core.Broker;

namespace Parley.Server.Connections;

/// <summary>Words for the time that somebody has to wait.</summary>
internal static class WaitWords
{
    /// <summary>Returns the time until the same is accepted, rounded up: <c>1 second</c>, <c>12 seconds</c>.</summary>
    public static string Of(Decision decision)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling((decision.RetryAfter ?? TimeSpan.Zero).TotalSeconds));
        return seconds == 1 ? "1 second" : string.Create(CultureInfo.InvariantCulture, $"{seconds} seconds");
    }
}
