using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Tokens;

/// <summary>The one connection of this process to the file that tokens and hooks are in, which other processes write, too.</summary>
/// <remarks>
/// A server makes no such file: it looks for it with every call, and has no tokens until an operator has made the first. So a
/// server without tokens needs no place to write.
/// </remarks>
internal sealed class TokenFile(string directory, bool create) : IDisposable
{
    /// <summary>Long enough for another process's transaction, which is one row.</summary>
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1);
    private Database? _database;

    public string Path { get; } = FileKind.Tokens.PathIn(directory);

    /// <summary>Does something with the file on a thread of the pool; where there is no file, gives what is given.</summary>
    public async ValueTask<T> RunAsync<T>(Func<Database, T> use, T otherwise, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Open() is { } database ? use(database) : otherwise, CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _database?.Dispose();
        _turn.Dispose();
    }

    private Database? Open()
    {
        if (_database is { HasMoved: true })
        {
            // Whoever takes the tokens away, or puts others in their place, means it from now on.
            _database.Dispose();
            _database = null;
        }

        // An empty file is being made by another process: SQLite does not take well to two that make the same one.
        if (_database is not null || (!create && (!FileKind.Tokens.IsIn(directory) || new FileInfo(Path) is not { Exists: true, Length: > 0 })))
        {
            return _database;
        }

        if (create)
        {
            DataFile.CreateForOwner(directory, FileKind.Tokens);
        }

        var database = Database.Open(Path, FileKind.Tokens, readOnly: false, BusyTimeout);
        try
        {
            Migrations.CheckedVersionOf(database);

            // A token that an operator has revoked stays so when the power fails; what a server writes may be lost with it.
            database.Execute($"PRAGMA journal_mode = WAL; PRAGMA synchronous = {(create ? "FULL" : "NORMAL")}");
            Migrations.Apply(database, FileKind.Tokens.LatestVersion);
            return _database = database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
