namespace Parley.Core.Delivery;

/// <summary>A place in a room log, told by what lies before it.</summary>
/// <param name="Position">Bytes.</param>
/// <param name="Entries">Entries.</param>
/// <param name="Number">The number of the last event; 0 if there was none.</param>
internal readonly record struct LogPlace(long Position, long Entries, long Number);
