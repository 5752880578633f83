namespace Parley.Protocol.Addressed;

/// <summary>One line from an addressed server, understood.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Name">Who sent it, or whom it was sent to, or empty.</param>
/// <param name="Text">The message or the error; the whole line if it is unknown.</param>
public readonly record struct AddressedServerLine(AddressedServerLineKind Kind, string Name, string Text);
