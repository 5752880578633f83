namespace Parley.Core.Delivery;

/// <summary>Messages of one room that one session was not given.</summary>
/// <param name="Subscription">The session's place in the room.</param>
/// <param name="After">The number in history of the last message before them.</param>
/// <param name="UpTo">The number of the last of them.</param>
internal readonly record struct MissedRange(Subscription Subscription, long After, long UpTo);
