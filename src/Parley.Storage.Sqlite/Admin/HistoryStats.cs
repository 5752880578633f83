namespace Parley.Storage.Sqlite.Admin;

/// <summary>Size and contents of a history.</summary>
/// <param name="Path">Its file.</param>
/// <param name="SchemaVersion">The file's schema.</param>
/// <param name="Bytes">The size of the file, with its log of what was written last.</param>
/// <param name="Rooms">Rooms that ever had a message.</param>
/// <param name="Messages">Messages in rooms.</param>
/// <param name="DirectMessages">Messages to one user.</param>
/// <param name="Unindexed">Messages that wait to be put into the search index.</param>
/// <param name="Oldest">The earliest time of a message; null if there is none.</param>
/// <param name="Newest">The latest time of a message; null if there is none.</param>
/// <param name="InUse">Whether a server is using it.</param>
public sealed record HistoryStats(
    string Path,
    int SchemaVersion,
    long Bytes,
    long Rooms,
    long Messages,
    long DirectMessages,
    long Unindexed,
    DateTimeOffset? Oldest,
    DateTimeOffset? Newest,
    bool InUse);
