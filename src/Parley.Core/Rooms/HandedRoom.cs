namespace Parley.Core.Rooms;

/// <summary>A room as another process goes on with it.</summary>
/// <param name="Room">The room.</param>
/// <param name="Spoke">In slow mode: when those last spoke who have to wait.</param>
internal sealed record HandedRoom(RoomSnapshot Room, IReadOnlyList<SpeechTime> Spoke);
