namespace Parley.Protocol.Framing;

/// <summary>What stands where plain text ends.</summary>
internal enum TelnetStopKind : byte
{
    None,
    LineEnd,
    Command,
}
