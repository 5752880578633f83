namespace Parley.Core.History;

/// <summary>Limits of the history that is kept; messages past either bound are removed, the oldest first.</summary>
/// <param name="MaxAge">No message older than this; zero for any age.</param>
/// <param name="MaxMessagesPerRoom">No more in one room than these, and as many direct messages; 0 for any number.</param>
public readonly record struct Retention(TimeSpan MaxAge, long MaxMessagesPerRoom)
{
    /// <summary>The time before which messages are too old; the earliest there is if none are, however long they are kept.</summary>
    public DateTimeOffset KeptSince(DateTimeOffset now)
        => MaxAge > TimeSpan.Zero && MaxAge < now - DateTimeOffset.MinValue ? now - MaxAge : DateTimeOffset.MinValue;
}
