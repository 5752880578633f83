namespace Parley.Core.Broker;

/// <summary>What the broker made of an intention. Anything but <see cref="Accepted"/> has changed nothing.</summary>
public enum Verdict
{
    /// <summary>It is so.</summary>
    Accepted,

    /// <summary>Somebody else has the name, in this or another spelling; or it is the name that the user wears already.</summary>
    NameTaken,

    /// <summary>The session follows that room already.</summary>
    AlreadyInRoom,

    /// <summary>The session does not follow that room.</summary>
    NotInRoom,

    /// <summary>The session follows as many rooms as it may.</summary>
    TooManyRooms,

    /// <summary>Nobody of that name is here.</summary>
    NotHere,

    /// <summary>There is no such room.</summary>
    NoSuchRoom,

    /// <summary>Only those who were invited may come into the room.</summary>
    InviteOnly,

    /// <summary>A ban of the room is about the user.</summary>
    Banned,

    /// <summary>The room has a key, and this is not it.</summary>
    WrongKey,

    /// <summary>There are as many users in the room as there may be.</summary>
    RoomFull,

    /// <summary>Only an operator of the room may do that.</summary>
    NotOperator,

    /// <summary>The user may not speak in the room: it is moderated, or a ban is about the user.</summary>
    MaySayNothing,

    /// <summary>The user whom it is about is not in the room.</summary>
    TargetNotInRoom,

    /// <summary>There are as many masks on the room's list as there may be.</summary>
    ListFull,

    /// <summary>There is another room of that name; or it is the name that the room has already.</summary>
    RoomExists,

    /// <summary>No such message is kept.</summary>
    NoSuchMessage,

    /// <summary>Only the author of a message, or an operator, may do that.</summary>
    NotAuthor,

    /// <summary>The author of a message could have done that earlier.</summary>
    TooLate,

    /// <summary>History cannot be read or written at the moment.</summary>
    HistoryFails,

    /// <summary>There is no value under that key that could be taken away.</summary>
    NoSuchValue,

    /// <summary>There are values under as many keys as there may be.</summary>
    TooManyValues,

    /// <summary>It is so already.</summary>
    Unchanged,

    /// <summary>The session has not signed in, or has signed out.</summary>
    SignedOut,

    /// <summary>The server is stopping and decides nothing any more.</summary>
    Stopping,
}
