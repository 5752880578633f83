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

    /// <summary>The session has not signed in, or has signed out.</summary>
    SignedOut,

    /// <summary>The server is stopping and decides nothing any more.</summary>
    Stopping,
}
