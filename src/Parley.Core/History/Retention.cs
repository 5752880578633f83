namespace Parley.Core.History;

/// <summary>How much history is kept. What is past either bound is removed, the oldest first.</summary>
/// <param name="MaxAge">No message older than this; zero for any age.</param>
/// <param name="MaxMessagesPerRoom">No more in one room than these, and as many direct messages; 0 for any number.</param>
public readonly record struct Retention(TimeSpan MaxAge, long MaxMessagesPerRoom);
