using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Accounts;

/// <summary>Finds accounts by name for everybody who comes in, over a connection of its own, on the caller's thread.</summary>
/// <remarks>
/// A look-up takes microseconds: it reads two index entries, as a rule from memory, and in WAL mode it waits for no writer.
/// To hand it to another thread would cost an arrival more than all the rest of it.
/// </remarks>
internal sealed class NameLookup : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Database _database;
    private readonly Statement _lookAlike;
    private bool _isDisposed;

    /// <summary>Takes over a connection that reads.</summary>
    public NameLookup(Database database)
    {
        _database = database;

        // The name itself ahead of names that look like it.
        _lookAlike = database.Prepare(
            $"""
            SELECT {AccountTable.Columns} FROM account WHERE key = ?1
            UNION ALL SELECT {AccountTable.Columns} FROM account WHERE look = ?2
            LIMIT 1
            """);
    }

    /// <summary>Returns the account of this name, or else of one that looks like it; null if there is none.</summary>
    public Account? FindLookAlike(UserName name)
    {
        var look = NameSkeleton.Of(name);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            try
            {
                return _lookAlike.Bind(1, name.Key).Bind(2, look).Step() ? AccountTable.CredentialsOf(_lookAlike).Account : null;
            }
            finally
            {
                _lookAlike.Reset();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _lookAlike.Dispose();
            _database.Dispose();
        }
    }
}
