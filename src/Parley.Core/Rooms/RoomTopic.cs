namespace Parley.Core.Rooms;

/// <summary>Topic of a room.</summary>
/// <param name="Text">One line of text.</param>
/// <param name="SetBy">Who said so.</param>
/// <param name="Time">When, UTC.</param>
public sealed record RoomTopic(string Text, string SetBy, DateTimeOffset Time);
