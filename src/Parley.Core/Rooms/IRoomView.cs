using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Rooms;

/// <summary>The state of a room at one moment.</summary>
public interface IRoomView
{
    /// <summary>As spelled by whoever created it.</summary>
    RoomName Name { get; }

    /// <summary>When it was made, UTC.</summary>
    DateTimeOffset Created { get; }

    /// <summary>Topic of the room; null if none was set.</summary>
    RoomTopic? Topic { get; }

    /// <summary>The modes that are set and need no more than that.</summary>
    IReadOnlyCollection<RoomMode> Flags { get; }

    /// <summary>Key that a user has to know to come in; null if none is needed.</summary>
    string? Key { get; }

    /// <summary>The modes that are set and have a number, with that.</summary>
    IReadOnlyDictionary<RoomMode, int> Numbers { get; }

    /// <summary>Values that the room's operators have set under keys, in the order of the keys.</summary>
    IReadOnlyDictionary<string, string> Values { get; }

    /// <summary>Members of the room, in no particular order.</summary>
    IReadOnlyCollection<RoomMember> Members { get; }

    /// <summary>The masks of a list.</summary>
    /// <param name="list"><see cref="RoomMode.Ban"/>, <see cref="RoomMode.BanException"/>, <see cref="RoomMode.InviteException"/> or <see cref="RoomMode.Filter"/>.</param>
    IReadOnlyList<MaskEntry> Masks(RoomMode list);
}
