namespace Parley.Storage.Sqlite.Engine;

/// <summary>A transaction that writes: rolled back when it is disposed of, unless it was committed.</summary>
internal readonly ref struct Transaction
{
    private readonly Database _database;

    /// <summary>Begins, and waits for another writer to be done, as long as the connection's busy timeout.</summary>
    public Transaction(Database database)
    {
        _database = database;
        database.Execute("BEGIN IMMEDIATE");
    }

    public void Commit() => _database.Execute("COMMIT");

    public void Dispose() => _database.RollBack();
}
