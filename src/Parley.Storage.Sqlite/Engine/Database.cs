using SQLitePCL;
using static SQLitePCL.raw;

namespace Parley.Storage.Sqlite.Engine;

/// <summary>One connection to one file. Not for two threads at a time, except <see cref="Interrupt"/>.</summary>
/// <remarks>
/// SQLite's own interface, not ADO.NET's: the hot insert binds bytes as they are, and waiting for a lock is left to SQLite,
/// where it is bounded.
/// </remarks>
internal sealed class Database : IDisposable
{
    private readonly sqlite3 _handle;

    static Database() => Batteries_V2.Init();

    private Database(sqlite3 handle, string path, FileKind kind)
    {
        _handle = handle;
        Path = path;
        Kind = kind;
    }

    public string Path { get; }

    public FileKind Kind { get; }

    /// <summary>True if the file was removed, moved away or replaced: the system lets its owner write on, into nothing.</summary>
    public bool HasMoved => FileControl.HasMoved(_handle);

    /// <summary>Finds that the file is still there.</summary>
    /// <exception cref="Exception">It is not; of the kind's own type.</exception>
    public void MustBeThere()
    {
        if (HasMoved)
        {
            throw Kind.Exception(MovedWords, null);
        }
    }

    /// <summary>Words for people about a file that has moved.</summary>
    public string MovedWords => $"{Path} was removed, moved away or replaced while the server was using it: put it back, or restart the server to begin with what is there";

    /// <summary>True if a transaction is under way.</summary>
    public bool InTransaction => sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Number of rows that all statements so far have written, removed or changed, including those inside indexes.</summary>
    public int TotalChanges => sqlite3_total_changes(_handle);

    /// <summary>Pages that this connection has written to the log since it was asked last.</summary>
    public int TakeWrittenPages()
    {
        Check(sqlite3_db_status(_handle, SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, resetFlg: 1));
        return pages;
    }

    /// <summary>Opens a file of history, which is there.</summary>
    public static Database Open(string path, bool readOnly, TimeSpan busyTimeout) => Open(path, FileKind.History, readOnly, busyTimeout);

    /// <summary>Opens a file, which is there.</summary>
    public static Database Open(string path, FileKind kind, bool readOnly, TimeSpan busyTimeout)
    {
        var flags = (readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX;
        var code = sqlite3_open_v2(path, out var handle, flags, null);
        var database = new Database(handle, path, kind);
        try
        {
            database.Check(code);
            database.Check(sqlite3_extended_result_codes(handle, 1));

            // Plans that do not depend on the values of parameters: else a statement is compiled anew whenever some of them change,
            // which costs a page of history more than to read it. https://www.sqlite.org/c3ref/c_dbconfig_defensive.html
            database.Check(sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _));
            database.Check(sqlite3_busy_timeout(handle, (int)busyTimeout.TotalMilliseconds));
            database.Check(kind == FileKind.History ? SearchTermsFunction.Register(handle) : SQLITE_OK);
            database.Check(NameKeyFunction.Register(handle));
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Runs SQL that has no result; it may be several statements.</summary>
    public void Execute(string sql) => Check(sqlite3_exec(_handle, sql));

    /// <summary>The first column of the first row, a number; 0 if there is no row, or it is null.</summary>
    public long Number(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Number(0) : 0;
    }

    public Statement Prepare(string sql)
    {
        Check(sqlite3_prepare_v3(_handle, sql, SQLITE_PREPARE_PERSISTENT, out var statement));
        return new Statement(this, statement);
    }

    /// <summary>Has the statement that is running on another thread fail, soon.</summary>
    public void Interrupt() => sqlite3_interrupt(_handle);

    /// <summary>The exception for a result code of this connection's last call.</summary>
    public Exception Failure(int code) => Failure(code, sqlite3_errmsg(_handle).utf8_to_string());

    /// <summary>The exception for a result code, with SQLite's own words or others.</summary>
    public Exception Failure(int code, string message) => SqliteFailure.At(Path, Kind, code, message);

    public void Check(int code)
    {
        if (code != SQLITE_OK)
        {
            throw Failure(code);
        }
    }

    /// <summary>Ends the transaction, if the failure has not ended it already, as if it had not been.</summary>
    public void RollBack()
    {
        if (InTransaction)
        {
            // Its own failure would say less than the one that has led here.
            _ = sqlite3_exec(_handle, "ROLLBACK");
        }
    }

    public void Dispose() => _ = sqlite3_close_v2(_handle);
}
