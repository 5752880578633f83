using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>Something that happened in a room; the room's state is the fold of its events in order of sequence.</summary>
/// <param name="Room">The room, as spelled by whoever created it; empty when a user's own sessions are told outside of any room.</param>
/// <param name="Sequence">1 for the room's first event, then one more each; 0 outside of any room.</param>
/// <param name="Time">When the broker decided it, UTC.</param>
/// <param name="Actor">Whose doing it is.</param>
public abstract record RoomEvent(RoomName Room, long Sequence, DateTimeOffset Time, Actor Actor);
