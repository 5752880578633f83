using static SQLitePCL.raw;

namespace Parley.Storage.Sqlite.Engine;

/// <summary>Error that SQLite reported: the cause inside an exception of the <see cref="FileKind"/>, which is for people.</summary>
internal sealed class SqliteFailure : Exception
{
    // SQLITE_CORRUPT_VTAB: the tables are sound, the full-text index beside them is not.
    private const int CorruptIndex = SQLITE_CORRUPT | (1 << 8);

    // No room for the index of the log, which is a file of its own.
    private const int FullForLogIndex = SQLITE_IOERR | (19 << 8);

    private SqliteFailure(int code, string message)
        : base($"SQLite error {code}: {message}") => Code = code;

    /// <summary>SQLite's extended result code: https://www.sqlite.org/rescode.html.</summary>
    public int Code { get; }

    /// <summary>True if an exception of a <see cref="FileKind"/> says that there was no room.</summary>
    public static bool IsFull(Exception exception)
        => exception.InnerException is SqliteFailure { Code: var code } && (code == FullForLogIndex || (code & 0xff) == SQLITE_FULL);

    /// <summary>True if the file is well, and what was to be written does not fit into its tables.</summary>
    public static bool IsRefusal(Exception exception)
        => exception.InnerException is SqliteFailure { Code: var code } && (code & 0xff) is SQLITE_CONSTRAINT or SQLITE_MISMATCH or SQLITE_TOOBIG or SQLITE_RANGE;

    /// <summary>The exception for a failure with the file at a path.</summary>
    public static Exception At(string path, FileKind kind, int code, string message) =>
        kind.Exception(Explain(path, kind, code, message), new SqliteFailure(code, message));

    private static string Explain(string path, FileKind kind, int code, string message) => (code, code & 0xff) switch
    {
        (CorruptIndex, _) =>
            $"The search index in {path} is damaged: run `parley history check --repair`",
        (_, SQLITE_CORRUPT) =>
            $"{path} is damaged: stop the server and put back a backup, or move the file away to start anew",
        (_, SQLITE_NOTADB) =>
            $"{path} is not {kind.Title}: move it away, or use another data directory",
        (FullForLogIndex, _) or (_, SQLITE_FULL) =>
            $"{path} {kind.OnFull}",
        (_, SQLITE_BUSY or SQLITE_LOCKED) =>
            $"{path} is locked by another program: wait until it is done, or end it",
        (_, SQLITE_READONLY or SQLITE_PERM or SQLITE_AUTH) =>
            $"{path} cannot be written: let this user write the file and its directory, or use another data directory{DirectoryOwner.Advice(Path.GetDirectoryName(path)!)}",
        (_, SQLITE_CANTOPEN) =>
            $"{path} cannot be opened: let this user read and write it and its directory, or use another data directory{DirectoryOwner.Advice(Path.GetDirectoryName(path)!)}",
        (_, SQLITE_IOERR) =>
            $"{path} cannot be read or written ({message}): look after the disk",
        _ => $"{path} failed: {message}",
    };
}
