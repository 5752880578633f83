using Parley.Core.Events;
using Parley.Core.Rooms;

namespace Parley.Core.History;

/// <summary>A message of a room that is taken away.</summary>
internal sealed class RoomRedaction(Room room, Actor by, HistoryEntry entry, string reason, TimeProvider time)
    : Redaction(by, entry, reason)
{
    private readonly (Actor By, long Number, string Reason) _it = (by, entry.Number, reason);

    protected override void Tell() => room.Decide(
        static (_, _) => null,
        state => new MessageRedacted(state.Name, state.Sequence + 1, time.GetUtcNow(), _it.By, _it.Number, _it.Reason));
}
