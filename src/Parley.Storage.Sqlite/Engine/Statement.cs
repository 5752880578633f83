using System.Text;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Parley.Storage.Sqlite.Engine;

/// <summary>A prepared statement. Parameters count from 1, columns from 0, as SQLite counts them.</summary>
internal sealed class Statement : IDisposable
{
    private readonly Database _database;
    private readonly sqlite3_stmt _handle;

    // A bit for each of the first parameters that has a value: those that are null need not be made null again.
    private ulong _valued;

    public Statement(Database database, sqlite3_stmt handle)
    {
        _database = database;
        _handle = handle;
    }

    public Statement Bind(int parameter, long value)
    {
        _valued |= Bit(parameter);
        _database.Check(sqlite3_bind_int64(_handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, string value)
    {
        Span<byte> utf8 = stackalloc byte[256];
        if (Encoding.UTF8.TryGetBytes(value, utf8, out var length))
        {
            return Bind(parameter, utf8[..length]);
        }

        _valued |= Bit(parameter);
        _database.Check(sqlite3_bind_text(_handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> utf8)
    {
        _valued |= Bit(parameter);

        // An empty span has no address, which SQLite would take for null.
        _database.Check(utf8.IsEmpty
            ? sqlite3_bind_text(_handle, parameter, "")
            : sqlite3_bind_text(_handle, parameter, utf8));
        return this;
    }

    public Statement BindNull(int parameter)
    {
        if (Bit(parameter) is 0 || (_valued & Bit(parameter)) != 0)
        {
            _valued &= ~Bit(parameter);
            _database.Check(sqlite3_bind_null(_handle, parameter));
        }

        return this;
    }

    /// <summary>Binds a text, or null in place of an empty one.</summary>
    public Statement BindOrNull(int parameter, string value) => value.Length == 0 ? BindNull(parameter) : Bind(parameter, value);

    /// <summary>Goes to the next row; false, and ready to be run again, when there is none.</summary>
    public bool Step()
    {
        var code = sqlite3_step(_handle);
        if (code == SQLITE_ROW)
        {
            return true;
        }

        if (code == SQLITE_DONE)
        {
            Reset();
            return false;
        }

        // The message is lost with the reset, and without it the transaction could not be rolled back.
        var failure = _database.Failure(code);
        Reset();
        throw failure;
    }

    /// <summary>Runs it to its end, for what it does.</summary>
    public void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>Runs a change to its end; true if it changed a row, which it returns.</summary>
    public bool Returns()
    {
        var changed = Step();
        while (changed && Step())
        {
        }

        return changed;
    }

    /// <summary>True if there is a row, of which the first column is a number.</summary>
    public bool TryNumber(out long number)
    {
        var found = Step();
        number = found ? Number(0) : 0;
        Reset();
        return found;
    }

    public long Number(int column) => sqlite3_column_int64(_handle, column);

    public bool IsNull(int column) => sqlite3_column_type(_handle, column) == SQLITE_NULL;

    public bool IsInteger(int column) => sqlite3_column_type(_handle, column) == SQLITE_INTEGER;

    /// <summary>A text's UTF-8, valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => sqlite3_column_blob(_handle, column);

    public string Text(int column) => sqlite3_column_text(_handle, column).utf8_to_string() ?? "";

    /// <summary>The exception for a row that is not what this program writes.</summary>
    public Exception Damaged(string what) => _database.Failure(SQLITE_CORRUPT, what);

    // What a step reported, the reset reports again.
    public void Reset() => _ = sqlite3_reset(_handle);

    public void Dispose() => _ = sqlite3_finalize(_handle);

    private static ulong Bit(int parameter) => parameter <= 64 ? 1UL << (parameter - 1) : 0;
}
