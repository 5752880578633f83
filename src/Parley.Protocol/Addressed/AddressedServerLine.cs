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

/// <summary>One line from an addressed server, understood.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Name">Who sent it, or empty.</param>
/// <param name="Text">The message or the error; the whole line if it is unknown.</param>
public readonly record struct AddressedServerLine(AddressedServerLineKind Kind, string Name, string Text);
