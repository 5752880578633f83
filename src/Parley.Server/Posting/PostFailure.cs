namespace Parley.Server.Posting;

/// <summary>Why something was not said.</summary>
public enum PostFailure
{
    /// <summary>Somebody else is here under that name.</summary>
    NameTaken,

    /// <summary>The server is stopping.</summary>
    Stopping,

    /// <summary>The room does not let that user in, or speak.</summary>
    NotAllowed,

    /// <summary>It could not be kept, and the server delivers nothing that it does not keep.</summary>
    NotKept,

    /// <summary>No word has come of what became of it.</summary>
    Unknown,
}
