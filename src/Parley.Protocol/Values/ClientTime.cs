namespace Parley.Protocol.Values;

/// <summary>
/// A time that a client named, kept two days away from either end of the calendar. So whatever is reckoned with it later (a
/// millisecond more, another time zone) stays in the calendar: arithmetic on what a client sent never throws.
/// </summary>
public readonly record struct ClientTime
{
    private const double SecondsPerMillisecond = 0.001;

    private static readonly DateTimeOffset Earliest = DateTimeOffset.MinValue.AddDays(2);
    private static readonly DateTimeOffset Latest = DateTimeOffset.MaxValue.AddDays(-2);

    private ClientTime(DateTimeOffset value) => Value = value < Earliest ? Earliest : value > Latest ? Latest : value;

    /// <summary>The time, UTC.</summary>
    public DateTimeOffset Value { get; }

    /// <summary>Takes a time as it is, or the nearest one that is far enough from the ends.</summary>
    public static ClientTime From(DateTimeOffset time) => new(time.ToUniversalTime());

    /// <summary>Takes a time of day and a date as they are at a place.</summary>
    public static ClientTime FromLocal(DateTime moment, TimeZoneInfo zone)
    {
        // Clamped before it is moved: an offset may lead out of the calendar, too.
        var near = new ClientTime(new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Unspecified), TimeSpan.Zero)).Value.DateTime;
        return new ClientTime(new DateTimeOffset(near, zone.GetUtcOffset(near)).ToUniversalTime());
    }

    /// <summary>Takes seconds since 1970, to the millisecond.</summary>
    public static ClientTime FromUnixSeconds(double seconds)
    {
        var milliseconds = Math.Round(seconds / SecondsPerMillisecond);
        return new ClientTime(
            !(milliseconds > Earliest.ToUnixTimeMilliseconds()) ? Earliest
            : milliseconds >= Latest.ToUnixTimeMilliseconds() ? Latest
            : DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds));
    }

    /// <summary>The first time behind it of those that clients are told, which are in milliseconds and cut off.</summary>
    public DateTimeOffset Behind() => Value.AddMilliseconds(1);
}
