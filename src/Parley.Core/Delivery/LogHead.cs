namespace Parley.Core.Delivery;

/// <summary>How far a room log reached at some moment, and what is needed to read up to there without the room's lock.</summary>
/// <param name="Position">The position behind the last byte.</param>
/// <param name="Entries">How many entries lie before <paramref name="Position"/>.</param>
/// <param name="FirstBlock">The oldest block that a member may still have to read.</param>
/// <param name="FirstMark">The oldest mark that a member may still have to heed.</param>
internal readonly record struct LogHead(long Position, long Entries, LogBlock? FirstBlock, LogMark? FirstMark);
