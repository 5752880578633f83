namespace Parley.Core.Rooms;

/// <summary>What a room is about.</summary>
/// <param name="Text">One line of text.</param>
/// <param name="SetBy">Who said so.</param>
/// <param name="Time">When, UTC.</param>
public sealed record RoomTopic(string Text, string SetBy, DateTimeOffset Time);
