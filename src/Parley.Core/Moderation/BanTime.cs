using System.Globalization;

namespace Parley.Core.Moderation;

// time  = "forever" / "0" / 1*( 1*DIGIT unit )
// unit  = "s" / "m" / "h" / "d" / "w" / "mo" / "y"        ; 30 days a month, 365 a year

/// <summary>Durations of bans in text: <c>30m</c>, <c>2d</c>, <c>1d12h</c>, <c>forever</c>.</summary>
public static class BanTime
{
    /// <summary>The form, for error messages.</summary>
    public const string Form = "a time such as 30m, 12h, 2d, 1w or forever, of 100 years at most";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    // The longer word of two that begin alike comes first.
    private static readonly (string Word, TimeSpan Unit)[] Units =
    [
        ("mo", TimeSpan.FromDays(30)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
        ("w", TimeSpan.FromDays(7)),
        ("y", TimeSpan.FromDays(365)),
    ];

    /// <summary>Reads a duration; null stands for one without an end.</summary>
    public static bool TryParse(string text, out TimeSpan? time)
    {
        time = null;
        if (text is "0" || text.Equals("forever", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var sum = TimeSpan.Zero;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0 || !int.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || UnitOf(rest[digits..]) is not { Word: { } word } unit)
            {
                return false;
            }

            if (count > Longest / unit.Unit || (sum += count * unit.Unit) > Longest)
            {
                return false;
            }

            rest = rest[(digits + word.Length)..];
        }

        time = sum;
        return sum > TimeSpan.Zero;
    }

    /// <summary>True if a word is meant as a duration, whether or not it is one that will do: digits and a unit, maybe several, maybe below nothing.</summary>
    public static bool LooksLike(string word)
    {
        var rest = word.AsSpan().TrimStart('-');
        while (rest.IndexOfAnyExceptInRange('0', '9') is > 0 and var digits && UnitOf(rest[digits..]) is { Word: var unit })
        {
            rest = rest[(digits + unit.Length)..];
        }

        return rest.IsEmpty && word.Any(char.IsAsciiDigit);
    }

    /// <summary>Writes a duration in the form that is read, to the second.</summary>
    public static string Of(TimeSpan? time)
    {
        if (time is not { } all)
        {
            return "forever";
        }

        var words = new[] { (all.Days, 'd'), (all.Hours, 'h'), (all.Minutes, 'm'), (all.Seconds, 's') };
        var text = string.Concat(words.Where(word => word.Item1 > 0).Select(word => string.Create(CultureInfo.InvariantCulture, $"{word.Item1}{word.Item2}")));
        return text.Length == 0 ? "0s" : text;
    }

    private static (string Word, TimeSpan Unit)? UnitOf(ReadOnlySpan<char> text)
    {
        foreach (var unit in Units)
        {
            if (text.StartsWith(unit.Word, StringComparison.OrdinalIgnoreCase))
            {
                return unit;
            }
        }

        return null;
    }
}
