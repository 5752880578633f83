namespace Parley.Protocol.Framing;

/// <summary>Kind of the place where plain text ends.</summary>
internal enum TelnetStopKind : byte
{
    None,
    LineEnd,
    Command,
}
