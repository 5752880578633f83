using System.Globalization;
using Parley.Core.Accounts;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.History;

/// <summary>What happens in rooms is kept beside what is said, and disturbs neither that nor those who are there.</summary>
public sealed class EventHistoryTests : IAsyncDisposable
{
    private readonly TestHistory _test = new(options: new RecordingOptions { KeepsEvents = true });

    private static RoomName Main => RoomName.TryParse("main", out var room) ? room : default;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task What_happened_is_kept_in_the_order_of_what_was_said()
    {
        var ann = await _test.SignInAsync("Ann", "main");
        await ann.MustPostAsync("main", "one");
        await ann.RenameAsync("Anna");
        await ann.AskAsync(new SetTopic(Main, "tea"));
        await ann.MustPostAsync("main", "two");
        await _test.Broker.StopAsync();

        Assert.Equal(
            ["1 Joined Ann ", "2 Text Ann one", "3 Renamed Ann Anna", "4 Topic Anna tea", "5 Text Anna two"],
            _test.Store.Entries.Select(entry => $"{entry.Number} {entry.Kind} {entry.Author} {HookedStore.TextOf(entry)}"));
    }

    [Fact]
    public async Task Whoever_quits_has_quit_every_room()
    {
        var ann = await _test.SignInAsync("Ann", "one", "two");
        await ann.SignOutAsync("bye");
        await _test.Broker.StopAsync();

        Assert.Equal(["one 2", "two 2"], _test.Store.Entries.Where(entry => entry.Kind == MessageKind.Quit).Select(entry => $"{entry.Room} {entry.Number}").Order());
    }

    [Fact]
    public async Task Nobody_waits_for_an_event_to_be_kept()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main");
        await ann.MustPostAsync("main", "hi");
        await ann.MustSeeAsync("main| Ann: hi");
        _test.Store.OnAppend = _ => hold.Pause();

        var bob = await _test.SignInAsync("Bob", "main");
        hold.WaitUntilReached();
        await bob.RenameAsync("Rob");
        await bob.LeaveAsync("main");

        await ann.MustSeeAsync("main| Bob joined", "main| Bob is now Rob", "main| Rob left");
    }

    [Fact]
    public async Task A_store_that_fails_stops_nothing_that_happens()
    {
        await using var test = new TestHistory(options: new RecordingOptions { KeepsEvents = true, OnFailure = HistoryFailurePolicy.Refuse });
        test.Store.OnAppend = _ => throw new HistoryException("full");

        var ann = await test.SignInAsync("Ann", "main");
        var bob = await test.SignInAsync("Bob", "main");

        Assert.Contains("main| Bob joined", await ann.NextAsync(2));
        await bob.SignOutAsync();
    }

    [Fact]
    public async Task A_replay_shows_messages_only_and_as_many_as_were_asked_for()
    {
        var ann = await _test.SignInAsync("Ann", "main");
        for (var i = 1; i <= 4; i++)
        {
            await ann.MustPostAsync("main", $"{i}");
            var guest = await _test.SignInAsync($"Guest{i}", "main");
            await guest.SignOutAsync();
        }

        var bob = await _test.SignInAsync("Bob");
        await bob.JoinAsync("main", replay: 3);

        await bob.MustSeeAsync("main| welcome Bob", "main| before", "main #5| Ann: 2", "main #8| Ann: 3", "main #11| Ann: 4", "main| now");
    }

    [Theory]
    [InlineData(37)]
    [InlineData(500)]
    public async Task A_slow_reader_is_given_every_message_once_while_others_come_and_go(int readEvery)
    {
        const int Posts = 600;
        var author = await _test.SignInAsync("Ann", "main");
        var slow = _test.NewSession(new OutboxOptions { MaxBytes = 4096, Overflow = OverflowPolicy.TellAndCatchUp });
        await slow.MustSignInAsync("Slow");
        await slow.MustJoinAsync("main");
        slow.Sink.Room = 0;
        for (var i = 1; i <= Posts; i++)
        {
            await author.MustPostAsync("main", $"{i}");
            if (i % 3 == 0)
            {
                await (await _test.SignInAsync($"Guest{i}", "main")).SignOutAsync();
            }

            if (i % readEvery == 0)
            {
                slow.Read(700);
            }
        }

        await author.MustPostAsync("main", "end");
        slow.Read();
        var numbers = new List<int>();
        while (await slow.NextAsync() is var line && !line.EndsWith("Ann: end", StringComparison.Ordinal))
        {
            if (line.Split("Ann: ") is [_, var number])
            {
                numbers.Add(int.Parse(number, CultureInfo.InvariantCulture));
            }
        }

        Assert.Equal(Enumerable.Range(1, Posts), numbers);
    }

    [Fact]
    public async Task How_far_history_may_be_read_takes_in_what_has_happened()
    {
        var ann = await _test.SignInAsync("Ann", "main");
        await ann.MustPostAsync("main", "one");
        Assert.Equal(2, await _test.Broker.LastNumberAsync(Main, Token));

        await ann.AskAsync(new SetTopic(Main, "tea"));
        await ann.TellAsync("what comes behind it", "Ann");

        Assert.Equal(3, await _test.Broker.LastNumberAsync(Main, Token));
    }

    [Fact]
    public async Task What_is_kept_and_not_delivered_yet_may_not_be_read()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main");
        await ann.MustPostAsync("main", "one");
        _test.Store.OnAppended = hold.Pause;

        await ann.PostAsync("main", "two");
        await ann.PostAsync("main", "three");
        hold.WaitUntilReached();

        Assert.True(_test.Store.Entries.Length > 2);
        Assert.Equal(2, await _test.Broker.LastNumberAsync(Main, Token));
    }

    [Fact]
    public async Task Direct_messages_of_before_the_start_may_be_read_and_so_may_those_since()
    {
        var store = new HookedStore();
        store.Append([new HistoryEntry(default, 7, DateTimeOffset.UnixEpoch, Name("Ann"), Name("Bob"), MessageKind.Text, default)]);
        await using var test = new TestHistory(store);
        var ann = await test.SignInAsync("Ann");

        Assert.Equal(7, await test.Broker.LastNumberAsync(default, Token));
        await ann.TellAsync("hi", "Ann");
        Assert.Equal(8, await test.Broker.LastNumberAsync(default, Token));
    }

    [Fact]
    public void What_is_kept_comes_back_as_it_was()
    {
        var ann = new Actor(0, Name("Ann"), new UserProfile { Ident = "~ann", Host = "x", Login = new ProvenAccount(new AccountId(7), Name("Anna"), default) });
        RoomModeChange[] changes =
        [
            new(IsAdding: true, RoomMode.Ban, "*!*@a=b"), new(IsAdding: false, RoomMode.Moderated), new(IsAdding: true, RoomMode.Operator, "Bob"),
        ];
        RoomEvent[] events =
        [
            new UserJoined(Main, 0, default, ann with { KnownProfile = ann.Profile with { RealName = "Ann Example" } }),
            new UserLeft(Main, 0, default, ann, "bye"),
            new UserQuit(Main, 0, default, ann),
            new UserRenamed(Main, 0, default, ann, Name("Anna")),
            new TopicChanged(Main, 0, default, ann, "tea: green"),
            new MemberKicked(Main, 0, default, ann, new Actor(0, Name("Bob")), "too loud"),
            new MemberKicked(Main, 0, default, ann, new Actor(0, Name("Bob")), ""),
        ];

        Assert.Equal(events, events.Select(entry => EventEntry.Restore(EventEntry.Of(entry))));
        var modes = Assert.IsType<ModesChanged>(EventEntry.Restore(EventEntry.Of(new ModesChanged(Main, 0, default, ann, changes))));
        Assert.Equal(changes, modes.Changes);
    }

    [Fact]
    public void The_key_of_a_room_is_not_kept()
    {
        var entry = EventEntry.Of(new ModesChanged(Main, 0, default, default, [new(IsAdding: true, RoomMode.Key, "open sesame")]));

        Assert.Equal("+Key=*", HookedStore.TextOf(entry));
    }

    [Theory]
    [InlineData(MessageKind.Modes, "nonsense")]
    [InlineData(MessageKind.Modes, "+Nonsense")]
    [InlineData(MessageKind.Modes, "")]
    [InlineData(MessageKind.Renamed, "no!name")]
    [InlineData(MessageKind.Kicked, "")]
    [InlineData(MessageKind.Text, "hi")]
    public void What_makes_no_sense_is_nothing_that_happened(MessageKind kind, string text)
        => Assert.Null(EventEntry.Restore(new HistoryEntry(Main, 1, default, Name("Ann"), default, kind, System.Text.Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void A_storm_of_events_is_kept_in_part_and_messages_and_time_earn_more()
    {
        var budget = new EventBudget();
        var now = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(EventBudget.Burst, Enumerable.Range(0, 1000).Count(_ => budget.TrySpend(now)));
        budget.Earn();
        Assert.Equal(1, Enumerable.Range(0, 10).Count(_ => budget.TrySpend(now)));
        Assert.Equal(3, Enumerable.Range(0, 10).Count(_ => budget.TrySpend(now.AddMinutes(3))));
        Assert.Equal(EventBudget.Burst, Enumerable.Range(0, 1000).Count(_ => budget.TrySpend(now.AddDays(3))));
    }

    private static UserName Name(string name) => UserName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name, nameof(name));
}
