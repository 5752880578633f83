using Parley.Core.Events;
using Parley.Core.Rooms;

namespace Parley.Core.History;

/// <summary>Is told what happens in rooms, so that it can be read later.</summary>
internal interface IEventJournal
{
    /// <summary>Something has happened, and its room's members are about to be shown it. Called under the room's gate: MUST NOT block.</summary>
    void Add(Room room, RoomEvent entry);
}
