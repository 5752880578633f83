namespace Parley.Core.Delivery;

/// <summary>A place in a room log, told by what lies before it.</summary>
/// <param name="Position">Bytes.</param>
/// <param name="Entries">Entries.</param>
/// <param name="Number">The number in history of the last message; 0 if there was none, or no history.</param>
internal readonly record struct LogPlace(long Position, long Entries, long Number);
