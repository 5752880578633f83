namespace Parley.Server.Http.Api;

/// <summary>Registered channels that were asked for, or whether one was changed.</summary>
/// <param name="Success">True if what was asked for was done.</param>
/// <param name="Channels">The channels; null for a change.</param>
/// <param name="Error">Why it was not done, for people.</param>
/// <param name="ErrorCode">The same for programs, where there is a word for it.</param>
internal sealed record RoomsAnswer(bool Success, IReadOnlyList<RoomAnswer>? Channels = null, string? Error = null, string? ErrorCode = null);
