using Parley.Core.Accounts;
using Parley.Core.Tokens;
using Parley.Storage.Sqlite.Accounts;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Admin;

/// <summary>Accounts and tokens of a data directory, for an operator who takes them to another store, or here. No server may use them meanwhile.</summary>
public sealed class SqliteAccountArchive : IAccountArchive
{
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(10);

    private readonly string _directory;
    private readonly DirectoryLock _lock;
    private readonly Database _accounts;
    private Database? _tokens;

    private SqliteAccountArchive(string directory, DirectoryLock directoryLock, Database accounts)
        => (_directory, _lock, _accounts) = (directory, directoryLock, accounts);

    /// <inheritdoc/>
    public string Location => Path.GetFullPath(_directory);

    /// <summary>Opens what is in a data directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="create">Whether to make it, and the file of accounts, where they are missing.</param>
    /// <exception cref="AccountStoreException">There are no accounts, they cannot be used, or a server uses them.</exception>
    public static SqliteAccountArchive Open(string directory, bool create)
    {
        if (create)
        {
            DataFile.CreateForOwner(directory, FileKind.Accounts);
        }
        else if (!SqliteAccountStore.IsIn(directory))
        {
            throw new AccountStoreException($"There are no accounts in {directory}: name the server's data directory");
        }

        var held = DirectoryLock.TryTake(directory, FileKind.Accounts) ?? throw new AccountStoreException($"A server is running with {directory}: stop it first");
        Database? accounts = null;
        try
        {
            accounts = AccountFile.Open(directory, BusyTimeout);
            new AccountTable(accounts).NoteLooks();
            var archive = new SqliteAccountArchive(directory, held, accounts);
            if (File.Exists(FileKind.Tokens.PathIn(directory)))
            {
                archive.OpenTokens();
            }

            return archive;
        }
        catch (Exception e)
        {
            accounts?.Dispose();
            held.Dispose();
            throw e is TokenStoreException ? new AccountStoreException(e.Message, e) : e;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ArchiveRow> Export(ArchivePart part)
    {
        if ((part == ArchivePart.Accounts ? _accounts : _tokens) is not { } database)
        {
            yield break;
        }

        foreach (var table in ArchiveTable.All.Where(table => table.Part == part))
        {
            using var select = database.Prepare(table.Select);
            while (Step(select))
            {
                yield return new ArchiveRow(table.Name, [.. table.Cells.Select((kind, column) => Cell(select, column, kind))]);
            }
        }
    }

    /// <inheritdoc/>
    public void Import(ArchivePart part, IEnumerable<ArchiveRow> rows)
    {
        if (Export(part).Any(row => !row.IsSecret && row.Table != ArchiveRow.Numbers))
        {
            throw new AccountStoreException($"{Location} has {(part == ArchivePart.Accounts ? "accounts" : "tokens or hooks")} already: name an empty directory");
        }

        using var incoming = rows.GetEnumerator();
        if (!incoming.MoveNext())
        {
            return;
        }

        try
        {
            var database = part == ArchivePart.Accounts ? _accounts : _tokens ?? MakeTokens();
            using var transaction = new Transaction(database);
            var tables = ArchiveTable.All.Where(table => table.Part == part).ToDictionary(table => table.Name, StringComparer.Ordinal);
            foreach (var table in tables.Values.Reverse())
            {
                database.Execute(table.Clear);
            }

            var inserts = new Dictionary<string, Statement>(StringComparer.Ordinal);
            try
            {
                var clearsNumbers = true;
                do
                {
                    var row = incoming.Current;
                    if (row.Table == ArchiveRow.Numbers && clearsNumbers)
                    {
                        // The rows have left numbers, too.
                        database.Execute(tables[row.Table].Clear);
                        clearsNumbers = false;
                    }

                    if (!inserts.TryGetValue(row.Table, out var insert))
                    {
                        inserts[row.Table] = insert = database.Prepare(tables[row.Table].Insert);
                    }

                    Insert(insert, row, tables[row.Table].Cells);
                }
                while (incoming.MoveNext());
            }
            finally
            {
                foreach (var insert in inserts.Values)
                {
                    insert.Dispose();
                }
            }

            transaction.Commit();
        }
        catch (TokenStoreException e)
        {
            throw new AccountStoreException(e.Message, e);
        }
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        _tokens?.Dispose();
        _accounts.Dispose();
        _lock.Dispose();
    }

    private static object? Cell(Statement row, int column, char kind) => row.IsNull(column) ? null : kind switch
    {
        'n' => row.Number(column),
        't' => row.Text(column),
        'b' => row.Bytes(column).ToArray(),
        _ => Convert.FromHexString(row.Text(column)),
    };

    private static void Insert(Statement insert, ArchiveRow row, string kinds)
    {
        for (var i = 0; i < kinds.Length; i++)
        {
            _ = row.Cells[i] switch
            {
                null => insert.BindNull(i + 1),
                long number => insert.Bind(i + 1, number),
                string text => insert.Bind(i + 1, text),
                byte[] bytes when kinds[i] == 'h' => insert.Bind(i + 1, Convert.ToHexStringLower(bytes)),
                byte[] bytes when kinds[i] == 'H' => insert.Bind(i + 1, Convert.ToHexString(bytes)),
                byte[] bytes => insert.Bind(i + 1, bytes),
                var other => throw new ArgumentException($"A cell cannot be a {other.GetType().Name}", nameof(row)),
            };
        }

        insert.Run();
    }

    private static bool Step(Statement select)
    {
        try
        {
            return select.Step();
        }
        catch (TokenStoreException e)
        {
            throw new AccountStoreException(e.Message, e);
        }
    }

    private Database MakeTokens()
    {
        DataFile.CreateForOwner(_directory, FileKind.Tokens);
        return OpenTokens();
    }

    private Database OpenTokens() => _tokens = DataFile.Prepared(
        Database.Open(FileKind.Tokens.PathIn(_directory), FileKind.Tokens, readOnly: false, BusyTimeout), AccountFile.Durable, FileKind.Tokens.LatestVersion);
}
