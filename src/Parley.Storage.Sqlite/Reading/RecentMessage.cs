namespace Parley.Storage.Sqlite.Reading;

/// <summary>Where a message is that is not in the table of places yet.</summary>
/// <param name="Number">Its number in the room.</param>
/// <param name="Time">Its time, as the file has it.</param>
/// <param name="Id">Its key in the table of messages.</param>
internal readonly record struct RecentMessage(long Number, long Time, long Id);
