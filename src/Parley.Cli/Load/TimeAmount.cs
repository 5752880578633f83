using System.Globalization;

namespace Parley.Cli.Load;

// time   = digits ["." digits] unit
// unit   = "ms" / "s" / "m" / "h"

/// <summary>A time as it is written on a command line: <c>500ms</c>, <c>1.5s</c>, <c>2m</c>, <c>1h</c>.</summary>
internal readonly record struct TimeAmount(TimeSpan Value)
{
    /// <summary>Description of a valid value, for error messages.</summary>
    public const string Expected = "a time such as 500ms, 30s or 2m, 24h at most";

    private static readonly TimeSpan Max = TimeSpan.FromHours(24);

    public static TimeAmount FromSeconds(double seconds) => new(TimeSpan.FromSeconds(seconds));

    public static bool TryParse(ReadOnlySpan<char> text, out TimeAmount time)
    {
        time = default;
        int digits = text.LastIndexOfAnyInRange('0', '9') + 1;
        double milliseconds = text[digits..] switch
        {
            "ms" => 1,
            "s" => 1000,
            "m" => 60_000,
            "h" => 3_600_000,
            _ => double.NaN,
        };
        if (!double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            || !(number * milliseconds <= Max.TotalMilliseconds))
        {
            return false;
        }

        time = new TimeAmount(TimeSpan.FromMilliseconds(number * milliseconds));
        return true;
    }

    /// <summary>The shortest form that reads as the same time.</summary>
    public override string ToString() => Value switch
    {
        { Ticks: 0 } => "0s",
        _ when Value.TotalHours % 1 == 0 => string.Create(CultureInfo.InvariantCulture, $"{Value.TotalHours}h"),
        _ when Value.TotalMinutes % 1 == 0 => string.Create(CultureInfo.InvariantCulture, $"{Value.TotalMinutes}m"),
        _ when Value.TotalSeconds < 1 => string.Create(CultureInfo.InvariantCulture, $"{Value.TotalMilliseconds}ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Value.TotalSeconds}s"),
    };
}
