namespace Parley.Protocol.Lines;

/// <summary>Kind of a line from a lines server.</summary>
public enum ServerLineKind
{
    /// <summary>Anything else: answers, errors, help.</summary>
    Notice,

    /// <summary>The client's own name.</summary>
    YouAre,

    /// <summary>The client is now in a room.</summary>
    YouJoined,

    /// <summary>The client is in no room: it was put out of one, or not let in.</summary>
    InNoRoom,

    /// <summary>A message in the room.</summary>
    Message,

    /// <summary>An action in the room.</summary>
    Action,

    /// <summary>Someone joined the room.</summary>
    Joined,

    /// <summary>Someone left the room.</summary>
    Left,

    /// <summary>Someone in the room has a new name.</summary>
    Renamed,

    /// <summary>Someone deleted a message in the room.</summary>
    Deleted,

    /// <summary>The client fell behind and missed messages.</summary>
    Dropped,

    /// <summary>The rooms and their numbers of users.</summary>
    Rooms,

    /// <summary>The users of the room.</summary>
    Users,

    /// <summary>The beginning or end of earlier messages, or a notice that there are none; the messages in between carry their time.</summary>
    History,

    /// <summary>A direct message to the client.</summary>
    DirectFrom,

    /// <summary>A direct message from the client, as sent.</summary>
    DirectTo,
}
