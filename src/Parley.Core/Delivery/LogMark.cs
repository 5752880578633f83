namespace Parley.Core.Delivery;

/// <summary>A log entry that not every member is shown, linked in order of position; common entries have none.</summary>
internal sealed class LogMark(long start, long end, long entriesBefore, OncePerSession audience)
{
    private LogMark? _next;

    /// <summary>The position of the entry's first byte.</summary>
    public long Start { get; } = start;

    /// <summary>The position behind the entry's last byte.</summary>
    public long End { get; } = end;

    /// <summary>How many entries lie before this one.</summary>
    public long EntriesBefore { get; } = entriesBefore;

    public OncePerSession Audience { get; } = audience;

    public LogMark? Next
    {
        get => Volatile.Read(ref _next);
        set => Volatile.Write(ref _next, value);
    }
}
