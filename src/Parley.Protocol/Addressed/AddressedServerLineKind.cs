namespace Parley.Protocol.Addressed;

/// <summary>Kind of a line from an addressed server.</summary>
public enum AddressedServerLineKind
{
    /// <summary>None of the protocol's lines.</summary>
    Unknown,

    /// <summary>A message to the client.</summary>
    From,

    /// <summary>A message that the client's user has sent on another session; the name is the recipient's.</summary>
    To,

    /// <summary>An error, or another word from the server.</summary>
    Error,
}
