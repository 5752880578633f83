using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Writing;

namespace Parley.Storage.Sqlite.Tests;

public sealed class LogMoverTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_was_written_reaches_the_file_beside_the_writer_when_it_is_worth_the_trip()
    {
        HistoryFile.CreateForOwner(_directory.Path);
        using var database = HistoryFile.Open(_directory.Path, new SqliteHistoryOptions());
        database.Execute("PRAGMA wal_autocheckpoint = 0; CREATE TABLE filler (bytes)");
        var file = new FileInfo(FileKind.History.PathIn(_directory.Path));
        database.Number("PRAGMA wal_checkpoint(TRUNCATE)");
        database.TakeWrittenPages();
        var before = file.Length;

        await WriteAsync(LogMover.WorthPages / 2);
        file.Refresh();
        Assert.Equal(before, file.Length);

        await WriteAsync(LogMover.WorthPages + 1);
        file.Refresh();
        Assert.InRange(file.Length, LogMover.WorthPages * 4096L, long.MaxValue);

        async Task WriteAsync(int pages)
        {
            await using var mover = new LogMover(database, TimeSpan.FromSeconds(5));
            database.Execute($"INSERT INTO filler WITH RECURSIVE counter(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM counter WHERE n < {pages}) SELECT randomblob(4000) FROM counter");
            mover.HasWritten();
        }
    }

    [Fact]
    public async Task A_file_that_cannot_be_opened_keeps_nobody_from_writing()
    {
        HistoryFile.CreateForOwner(_directory.Path);
        using var database = HistoryFile.Open(_directory.Path, new SqliteHistoryOptions());
        database.Execute("CREATE TABLE filler (bytes)");
        File.Delete(FileKind.History.PathIn(_directory.Path));
        await using var mover = new LogMover(database, TimeSpan.FromSeconds(5));
        database.Execute($"INSERT INTO filler WITH RECURSIVE counter(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM counter WHERE n < {LogMover.WorthPages}) SELECT randomblob(4000) FROM counter");

        mover.HasWritten();
    }
}
