using System.Text;
using Parley.Core.Moderation;

namespace Parley.Fuzz.Targets;

/// <summary>Texts of moderators: how long, and which network.</summary>
internal static class ModerationTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("ban-time", Time, typeof(BanTime)),
        new("network", Network, typeof(NetworkText)),
    ];

    private static void Time(ReadOnlyMemory<byte> input)
    {
        if (BanTime.TryParse(Encoding.UTF8.GetString(input.Span), out var time))
        {
            FuzzTarget.Require(time is null || (time > TimeSpan.Zero && time <= TimeSpan.FromDays(36_500)), "A time has bounds");
            FuzzTarget.Require(BanTime.TryParse(BanTime.Of(time), out var again) && again == time, "A time that is shown is that time");
        }
    }

    private static void Network(ReadOnlyMemory<byte> input)
    {
        if (NetworkText.TryParse(Encoding.UTF8.GetString(input.Span), out var network))
        {
            FuzzTarget.Require(NetworkText.TryParse(NetworkText.Of(network), out var again) && again.Equals(network), "A network that is shown is that network");
            FuzzTarget.Require(network.Contains(network.BaseAddress), "A network has its own address");
        }
    }
}
