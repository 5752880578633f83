using Parley.Core.History;
using Parley.Core.Queries;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Lines;

/// <summary>What people see of history on the lines protocol. The clock stands at noon.</summary>
public sealed class HistoryTests : IAsyncDisposable
{
    private readonly MemoryHistoryStore _store = new();
    private readonly TestServer _server;

    public HistoryTests() => _server = new TestServer(new ParleyOptions { HistoryPage = 3, HistoryReplay = 2 }, history: _store);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_joins_is_shown_the_last_messages_marked_and_with_their_time()
    {
        var ann = await SayAsync("main", "one", "two", "/me waves");

        var bob = _server.OpenLines();
        await bob.ReadUntilAsync("You joined main");
        await bob.ExpectAsync("History - earlier messages in main", "[12:00] Ann: two", "[12:00] * Ann waves", "History - end");

        await ann.SendLineAsync("three");
        await bob.ExpectAsync("Ann: three");
    }

    [Fact]
    public async Task Going_to_another_room_shows_what_was_said_there()
    {
        await SayAsync("rust", "one");
        var bob = await _server.EnterAsync("Bob");
        await bob.SendLineAsync("/join rust");
        await bob.ExpectAsync("You joined rust", "History - earlier messages in rust", "[12:00] Ann: one", "History - end");
    }

    [Fact]
    public async Task A_room_where_nothing_was_said_shows_nothing()
    {
        var bob = await _server.EnterAsync("Bob");
        await bob.SendLinesAsync("/join rust", "hi");
        await bob.ExpectAsync("You joined rust", "Bob: hi");
    }

    [Fact]
    public async Task What_was_said_on_an_earlier_day_has_its_date()
    {
        var ann = await SayAsync("main", "one");
        _server.Time.Advance(TimeSpan.FromDays(1));
        await ann.SendLinesAsync("two", "/history");
        await ann.ExpectAsync("Ann: two", "History - earlier messages in main", "[2026-06-01 12:00] Ann: one", "[12:00] Ann: two", "History - end");
    }

    [Fact]
    public async Task History_comes_in_pages_and_says_how_to_get_the_next()
    {
        var ann = await SayAsync("main", "1", "2", "3", "4");
        await ann.SendLineAsync("/history");
        await ann.ExpectAsync("History - earlier messages in main", "[12:00] Ann: 2", "[12:00] Ann: 3", "[12:00] Ann: 4", "History - end, for more: /history before #2");
        await ann.SendLineAsync("/history before #2");
        await ann.ExpectAsync("History - earlier messages in main", "[12:00] Ann: 1", "History - end");
        await ann.SendLineAsync("/history after #3");
        await ann.ExpectAsync("History - earlier messages in main", "[12:00] Ann: 4", "History - end");
    }

    [Fact]
    public async Task The_last_so_many_are_given()
    {
        var ann = await SayAsync("main", "1", "2", "3");
        await ann.SendLineAsync("/history 1");
        await ann.ExpectAsync("History - earlier messages in main", "[12:00] Ann: 3", "History - end, for more: /history before #3");
    }

    [Fact]
    public async Task History_can_be_asked_by_the_clock()
    {
        var ann = await SayAsync("main", "1");
        _server.Time.Advance(TimeSpan.FromMinutes(30));
        await ann.SendLinesAsync("2", "/history since 12:15");
        await ann.ExpectAsync("Ann: 2", "History - earlier messages in main", "[12:30] Ann: 2", "History - end");
        await ann.SendLineAsync("/history before 12:15");
        await ann.ExpectAsync("History - earlier messages in main", "[12:00] Ann: 1", "History - end");
    }

    [Fact]
    public async Task Where_there_is_nothing_to_show_that_is_said()
    {
        var ann = await _server.EnterAsync("Ann");
        await ann.SendLinesAsync("/history", "/search nothing");
        await ann.ExpectAsync("History - none", "History - none");
    }

    [Fact]
    public async Task What_makes_no_sense_is_answered_with_the_usage()
    {
        var ann = await _server.EnterAsync("Ann");
        await ann.SendLinesAsync("/history yesterday", "/search");
        await ann.ExpectAsync("Usage: /history [n | since 10:30 | before 10:30]", "Usage: /search {words}");
    }

    [Fact]
    public async Task Search_finds_what_has_all_the_words_in_this_room_only()
    {
        await SayAsync("rust", "green apple pie");
        var bob = await SayAsync("main", "red apple", "Apple PIE", "cherry pie");
        await bob.SendLineAsync("/search apple pie");
        await bob.ExpectAsync("History - found in main", "[12:00] Ann1: Apple PIE", "History - end");
    }

    [Fact]
    public async Task Search_comes_in_pages()
    {
        var ann = await SayAsync("main", "x 1", "x 2", "x 3", "x 4");
        await ann.SendLineAsync("/search x");
        var first = await ann.ReadUntilAsync("History - end, for more: /search");
        await ann.SendLineAsync("/search");
        var second = await ann.ReadUntilAsync("History - end");
        Assert.Equal(["[12:00] Ann: x 1", "[12:00] Ann: x 2", "[12:00] Ann: x 3", "[12:00] Ann: x 4"], first.Skip(1).Concat(second.Skip(1)).Order());
        await ann.SendLineAsync("/search");
        await ann.ExpectAsync("Usage: /search {words}");
    }

    [Fact]
    public async Task An_answer_comes_behind_what_one_has_said_before()
    {
        var ann = await _server.EnterAsync("Ann");
        await ann.SendLinesAsync("1", "/users", "2", "/nonsense", "3", "/join other");
        await ann.ExpectAsync("Ann: 1", "Users - Ann", "Ann: 2", "Unrecognized command /nonsense, try /help", "Ann: 3", "You joined other");
    }

    [Fact]
    public async Task What_was_said_last_before_quitting_is_delivered_and_kept()
    {
        var (ann, bob) = (await _server.EnterAsync("Ann"), await _server.EnterAsync("Bob"));
        await ann.SendLinesAsync("bye", "/quit");
        await bob.ExpectAsync("Ann: bye", "Ann left");
    }

    [Fact]
    public async Task A_server_without_history_says_so()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLinesAsync("/history", "/search x");
        await ann.ExpectAsync("History - this server keeps none", "History - this server keeps none");
    }

    /// <summary>Somebody says something in a room, and is there then.</summary>
    private async Task<ScriptedClient> SayAsync(string room, params string[] lines)
    {
        var name = (await _server.Broker.LookAsync(SessionId.Anybody, new ListRooms(), TestContext.Current.CancellationToken)).Items.Count == 0 ? "Ann" : "Ann1";
        var ann = await _server.EnterAsync(name);
        if (room != "main")
        {
            await ann.SendLineAsync("/join " + room);
            await ann.ReadUntilAsync("You joined " + room);
        }

        foreach (var line in lines)
        {
            await ann.SendLineAsync(line);
            await ann.ReadUntilAsync(line.StartsWith("/me ", StringComparison.Ordinal) ? $"* {name} {line[4..]}" : $"{name}: {line}");
        }

        return ann;
    }
}
