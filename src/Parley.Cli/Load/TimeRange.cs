namespace Parley.Cli.Load;

/// <summary>A time that is drawn anew each time, as it is written on a command line: <c>2s-4s</c>, <c>100-200ms</c>, <c>1s</c>.</summary>
/// <param name="Min">The shortest.</param>
/// <param name="Max">The longest, at least <paramref name="Min"/>.</param>
internal readonly record struct TimeRange(TimeAmount Min, TimeAmount Max)
{
    /// <summary>Description of a valid value, for error messages.</summary>
    public const string Expected = "a time such as 2s, or a range such as 2s-4s or 100ms-200ms";

    public static TimeRange FromSeconds(double min, double max) => new(TimeAmount.FromSeconds(min), TimeAmount.FromSeconds(max));

    public static bool TryParse(string text, out TimeRange range)
    {
        range = default;
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        string last = text[(dash + 1)..];
        string first = dash < 0 ? text : text[..dash];
        if (dash > 0 && char.IsAsciiDigit(first[^1]))
        {
            // In 100-200ms the unit is for both.
            first += last.TrimStart("0123456789.".ToCharArray());
        }

        if (!TimeAmount.TryParse(first, out TimeAmount min) || !TimeAmount.TryParse(last, out TimeAmount max) || min.Value > max.Value)
        {
            return false;
        }

        range = new TimeRange(min, max);
        return true;
    }

    /// <summary>A time of the range, each as likely as any other.</summary>
    public TimeSpan Draw(Random random) => Min.Value + (Max.Value - Min.Value) * random.NextDouble();

    public override string ToString() => Min == Max ? $"{Min}" : $"{Min}-{Max}";
}
