using Parley.Core.Names;

namespace Parley.Core.Rooms;

/// <summary>How a room is at one moment.</summary>
public interface IRoomView
{
    /// <summary>As spelled by whoever created it.</summary>
    RoomName Name { get; }

    /// <summary>When it was made, UTC.</summary>
    DateTimeOffset Created { get; }

    /// <summary>What it is about; null if nobody has said.</summary>
    RoomTopic? Topic { get; }

    /// <summary>The modes that are set and need no more than that.</summary>
    IReadOnlyCollection<RoomMode> Flags { get; }

    /// <summary>What one has to know to come in; null for nothing.</summary>
    string? Key { get; }

    /// <summary>How many users may be in; null for any number.</summary>
    int? Limit { get; }

    /// <summary>What its operators have set under keys, in the order of these.</summary>
    IReadOnlyDictionary<string, string> Values { get; }

    /// <summary>Who is in, in no particular order.</summary>
    IReadOnlyCollection<RoomMember> Members { get; }

    /// <summary>The masks of a list.</summary>
    /// <param name="list"><see cref="RoomMode.Ban"/>, <see cref="RoomMode.BanException"/> or <see cref="RoomMode.InviteException"/>.</param>
    IReadOnlyList<MaskEntry> Masks(RoomMode list);
}
