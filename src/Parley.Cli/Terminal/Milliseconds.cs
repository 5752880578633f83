using System.Globalization;

namespace Parley.Cli.Terminal;

/// <summary>Round trips as <c>ping</c> shows them.</summary>
internal static class Milliseconds
{
    /// <summary>Such as <c>0.214 ms</c>.</summary>
    public static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.000} ms");

    /// <summary>The number alone, in microseconds' precision.</summary>
    public static double Number(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}
