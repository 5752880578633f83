namespace Parley.Protocol.Addressed;

/// <summary>What a line from an addressed server says.</summary>
public enum AddressedServerLineKind
{
    /// <summary>None of the protocol's lines.</summary>
    Unknown,

    /// <summary>A message to the client.</summary>
    From,

    /// <summary>An error, or another word from the server.</summary>
    Error,
}
