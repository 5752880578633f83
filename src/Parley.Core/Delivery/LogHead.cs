namespace Parley.Core.Delivery;

/// <summary>End of a room log at one moment, with what is needed to read up to it without the room's lock.</summary>
/// <param name="End">The place behind the last entry.</param>
/// <param name="FirstBlock">The oldest block that a member may still have to read.</param>
/// <param name="FirstMark">The oldest mark that a member may still have to heed.</param>
internal readonly record struct LogHead(LogPlace End, LogBlock? FirstBlock, LogMark? FirstMark);
