namespace Parley.Core.Delivery;

/// <summary>A log entry that not every member is shown, linked in order of position; common entries have none.</summary>
internal sealed class LogMark(LogPlace start, LogPlace end, OncePerSession audience)
{
    private LogMark? _next;

    /// <summary>The place of the entry's first byte.</summary>
    public LogPlace Start { get; } = start;

    /// <summary>The place behind the entry's last byte.</summary>
    public LogPlace End { get; } = end;

    public OncePerSession Audience { get; } = audience;

    public LogMark? Next
    {
        get => Volatile.Read(ref _next);
        set => Volatile.Write(ref _next, value);
    }
}
