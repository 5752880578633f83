using System.Runtime.CompilerServices;
using Parley.Core.History;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Reading;
using Parley.Storage.Sqlite.Writing;
using SQLitePCL;

namespace Parley.Storage.Sqlite.Tests;

public sealed class RecompilationTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private int _compiled;

    [Fact]
    public async Task Reading_compiles_no_statement_again_whatever_is_asked()
    {
        await using (var store = SqliteHistoryStore.Open(_directory.Path, new()))
        {
            store.Append(Messages.Many("main", 1, 500, "hello"));
            store.TidyUp();
            store.Append([.. Messages.Many("main", 501, 20, "hello"), Messages.Told("Ann", "Bob", 1, "psst")]);
        }

        using var database = OpenDatabase(readOnly: true);
        using var reader = new HistoryReader(database, RecentMessages.Load(database));
        var room = Messages.Room("main");
        foreach (var limit in new[] { 5, 1, 10, 100, 1000 })
        {
            Assert.Equal(Math.Min(limit, 520), reader.Read(new HistoryQuery(room) { Limit = limit }).Count);
            reader.Read(new HistoryQuery(room) { Limit = limit, Oldest = true, After = limit, Since = Messages.Start.AddSeconds(limit), Author = Messages.User("Ann") });
            reader.Search(new HistorySearch(room, "hello") { Limit = limit, Author = Messages.User(limit > 10 ? "Ann" : "Bob") });
            reader.Conversations(Messages.Asking("Ann"), new HistoryQuery(default) { Limit = limit });
            reader.LastNumber(room);
            AssertCompiledNothing(unlessFirst: limit == 5);
        }
    }

    [Fact]
    public async Task Writing_compiles_no_statement_again_whatever_is_kept()
    {
        await SqliteHistoryStore.Open(_directory.Path, new()).DisposeAsync();

        using var database = OpenDatabase(readOnly: false);
        var recent = RecentMessages.Load(database);
        using var writer = new MessageWriter(database, recent);
        using var placer = new MessagePlacer(database, recent);
        for (var piece = 0; piece < 4; piece++)
        {
            writer.Append(Messages.Many($"room{piece}", 1, 10 * (piece + 1), "hello"));
            writer.Append([Messages.Told("Ann", $"Bob{piece}", piece + 1, "psst")]);
            placer.Wake();
            Assert.NotEmpty(placer.Step(5 + piece));
            AssertCompiledNothing(unlessFirst: piece == 0);
        }
    }

    public void Dispose() => _directory.Dispose();

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_handle")]
    private static extern ref sqlite3 HandleOf(Database database);

    private Database OpenDatabase(bool readOnly)
    {
        var database = Database.Open(FileKind.History.PathIn(_directory.Path), readOnly, TimeSpan.Zero);

        // SQLite asks whether a statement is allowed whenever it compiles it, and at no other time. BEGIN and COMMIT are not meant.
        raw.sqlite3_set_authorizer(HandleOf(database), (strdelegate_authorizer)((_, action, _, _, _, _) => Count(action)), null);
        return database;
    }

    private int Count(int action)
    {
        _compiled += action == raw.SQLITE_TRANSACTION ? 0 : 1;
        return raw.SQLITE_OK;
    }

    private void AssertCompiledNothing(bool unlessFirst)
    {
        Assert.True(unlessFirst ? _compiled > 0 : _compiled == 0, $"{_compiled} questions of the compiler");
        _compiled = 0;
    }
}
