using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Tests.Fixtures;
using Parley.TestKit;

namespace Parley.Core.Tests.History;

/// <summary>A clock that goes back, or that was ahead: time goes on in each room by itself, and never backwards.</summary>
public sealed class WrongClockTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly HookedStore _store = new();
    private readonly ManualTimeProvider _time = new(Start);
    private TestHistory _test;

    public WrongClockTests() => _test = new TestHistory(_store, time: _time);

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task After_a_restart_only_the_room_that_history_has_ahead_of_the_clock_waits_for_it()
    {
        _time.SetUtcNow(Start.AddHours(5));
        await _test.RememberAsync("hasty", 1);
        await RestartAsync(Start);

        var ann = await _test.SignInAsync("Ann", "hasty", "main");
        await ann.MustPostAsync("hasty", "two");
        await ann.MustPostAsync("main", "one");

        Assert.Equal([("1", Start.AddHours(5)), ("two", Start.AddHours(5)), ("one", Start)], Kept());
        Assert.Equal([1, 2, 1], _store.Entries.Select(entry => entry.Number));
        Assert.Equal([(Room("hasty"), TimeSpan.FromHours(5))], _test.Monitor.RoomsAhead);
    }

    [Fact]
    public async Task Direct_messages_have_a_time_of_their_own()
    {
        _time.SetUtcNow(Start.AddHours(5));
        await (await _test.SignInAsync("Ann")).TellAsync("hi", "Ann");
        await RestartAsync(Start);

        var ann = await _test.SignInAsync("Ann", "main");
        await ann.MustPostAsync("main", "one");
        await ann.TellAsync("again", "Ann");

        Assert.Equal([("hi", Start.AddHours(5)), ("one", Start), ("again", Start.AddHours(5))], Kept());
        Assert.Equal([(default(RoomName), TimeSpan.FromHours(5))], _test.Monitor.RoomsAhead);
    }

    [Fact]
    public async Task While_the_server_runs_only_the_room_where_something_was_said_waits_too()
    {
        var ann = await _test.SignInAsync("Ann", "hasty", "main");
        _time.SetUtcNow(Start.AddHours(5));
        await ann.MustPostAsync("hasty", "one");
        _time.SetUtcNow(Start);
        await ann.MustPostAsync("main", "two");
        await ann.MustPostAsync("hasty", "three");

        Assert.Equal([("one", Start.AddHours(5)), ("two", Start), ("three", Start.AddHours(5))], Kept());
        Assert.Empty(_test.Monitor.RoomsAhead);
    }

    [Fact]
    public async Task A_room_keeps_its_time_under_another_name_and_when_it_is_made_anew()
    {
        var ann = await _test.SignInAsync("Ann", "hasty");
        _time.SetUtcNow(Start.AddHours(5));
        await ann.MustPostAsync("hasty", "one");
        _time.SetUtcNow(Start);
        Assert.Equal(Verdict.Accepted, await ann.RenameRoomAsync("hasty", "later"));
        await ann.MustPostAsync("later", "two");
        await ann.LeaveAsync("later");
        Assert.Equal(Verdict.Accepted, await ann.JoinAsync("later"));
        await ann.MustPostAsync("later", "three");

        Assert.Equal(["one", "hasty later", "two", "three"], _store.Texts);
        Assert.All(_store.Entries, entry => Assert.Equal(Start.AddHours(5), entry.Time));
    }

    [Fact]
    public async Task A_few_seconds_are_not_worth_a_word()
    {
        _time.SetUtcNow(Start.AddMinutes(1));
        await _test.RememberAsync("main", 1);
        await RestartAsync(Start);

        await _test.SignInAsync("Ann", "main");

        Assert.Empty(_test.Monitor.RoomsAhead);
    }

    private static RoomName Room(string name) => RoomName.TryParse(name, out var room) ? room : throw new ArgumentException(name, nameof(name));

    private async Task RestartAsync(DateTimeOffset now)
    {
        await _test.DisposeAsync();
        _time.SetUtcNow(now);
        _test = new TestHistory(_store, time: _time);
    }

    private IEnumerable<(string Text, DateTimeOffset Time)> Kept() => _store.Entries.Select(entry => (HookedStore.TextOf(entry), entry.Time));
}
