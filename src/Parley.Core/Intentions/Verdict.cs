namespace Parley.Core.Intentions;

/// <summary>The broker's answer to an intention; any value but <see cref="Accepted"/> means that nothing has changed.</summary>
public enum Verdict
{
    /// <summary>It is so.</summary>
    Accepted,

    /// <summary>Somebody else has the name, in this or another spelling; or it is the name that the user wears already.</summary>
    NameTaken,

    /// <summary>The name belongs to an account that the user has not proven, or looks like such a name.</summary>
    NameOwned,

    /// <summary>The name looks like that of somebody who is here.</summary>
    NameLooksTaken,

    /// <summary>Names on this server are of ASCII, and this one is not.</summary>
    NameNotAscii,

    /// <summary>A ban from the server is about the user; or would be, under the name that it asks for.</summary>
    BannedFromServer,

    /// <summary>True if the name belongs to an account cannot be found out at the moment.</summary>
    AccountsFail,

    /// <summary>The account has as many sessions here as it may.</summary>
    TooManySessions,

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

    /// <summary>The user may do that again only after a while; the decision says how long that is.</summary>
    TooSoon,

    /// <summary>The word filter of the room refuses what the message says; the decision has the pattern.</summary>
    Filtered,

    /// <summary>The user whom it is about is not in the room.</summary>
    TargetNotInRoom,

    /// <summary>There are as many masks on the room's list as there may be.</summary>
    ListFull,

    /// <summary>There is no such mode.</summary>
    NoSuchMode,

    /// <summary>The mode does not take that argument, or none.</summary>
    BadArgument,

    /// <summary>There is another room of that name; or it is the name that the room has already.</summary>
    RoomExists,

    /// <summary>There is history under that name, which everybody may read.</summary>
    NameHasHistory,

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

    /// <summary>Only those who are logged in to an account may do that.</summary>
    NotLoggedIn,

    /// <summary>The room is registered already.</summary>
    RoomRegistered,

    /// <summary>The room is not registered.</summary>
    RoomNotRegistered,

    /// <summary>Only the founder of the room may do that.</summary>
    NotFounder,

    /// <summary>The account owns as many registered rooms as it may.</summary>
    AccountHasTooManyRooms,

    /// <summary>There are as many registered rooms on the server as there may be.</summary>
    TooManyRegisteredRooms,

    /// <summary>There are as many roles in the room as there may be.</summary>
    TooManyRoles,

    /// <summary>Registered rooms cannot be kept at the moment.</summary>
    RegistryFails,

    /// <summary>It is so already.</summary>
    Unchanged,

    /// <summary>The session has not signed in, or has signed out.</summary>
    SignedOut,

    /// <summary>The server is stopping and decides nothing any more.</summary>
    Stopping,

    /// <summary>There is no account of that name.</summary>
    NoSuchAccount,

    /// <summary>The room's name has a history from before the room began, which would go with it.</summary>
    HistoryIsOlder,

    /// <summary>No operator has asked the user in, or it has come since.</summary>
    NotInvited,
}
