using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.History;

/// <summary>A room that takes another name takes its history along, and its numbers.</summary>
public sealed class MovingRoomTests : IAsyncDisposable
{
    private readonly TestHistory _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task Whoever_joins_behind_a_rename_is_shown_what_was_said_under_either_name()
    {
        var ann = await _test.SignInAsync("Ann", "old");
        await ann.MustPostAsync("old", "1");
        Assert.Equal(Verdict.Accepted, await ann.RenameRoomAsync("old", "new"));
        await ann.MustPostAsync("new", "3");

        var bob = await _test.SignInAsync("Bob");
        await bob.JoinAsync("new", replay: 10);

        await bob.MustSeeAsync("new| welcome Bob", "new| before", "new #1| Ann: 1", "new #3| Ann: 3", "new| now");
        var entries = await bob.LookAsync(new ReadRoom(new HistoryQuery(Room("new"))));
        Assert.Equal([("new", "old"), ("new", "new")], entries!.Select(entry => (entry.Room.Value, entry.SaidIn.Value)));
    }

    [Fact]
    public async Task A_room_that_takes_the_old_name_begins_without_a_past_and_behind_the_numbers_of_the_other()
    {
        var ann = await _test.SignInAsync("Ann", "old");
        await ann.MustPostAsync("old", "secret");
        await ann.RenameRoomAsync("old", "new");

        var bob = await _test.SignInAsync("Bob");
        await bob.JoinAsync("old", replay: 10);
        await bob.MustPostAsync("old", "anew");

        await bob.MustSeeAsync("old| welcome Bob", "old| Bob: anew");
        Assert.Equal(["anew"], Texts(await bob.LookAsync(new ReadRoom(new HistoryQuery(Room("old"))))));
        Assert.Null(await bob.LookAsync(new ReadRoom(new HistoryQuery(Room("new")))));
        Assert.Equal(3, _test.Store.Entries.Single(entry => entry.Author.Value == "Bob").Number);
    }

    [Fact]
    public async Task A_name_under_which_there_is_history_to_read_is_taken_and_nothing_is_renamed()
    {
        await _test.RememberAsync("new", 2);
        var ann = await _test.SignInAsync("Ann", "old");
        await ann.MustPostAsync("old", "1");

        Assert.Equal(Verdict.NameHasHistory, await ann.RenameRoomAsync("old", "new"));
        await ann.MustPostAsync("old", "2");

        await ann.MustSeeAsync("old| Ann: 1", "old| Ann: 2");
        Assert.Equal(["old (1)"], await RoomsAsync());
        Assert.Equal(["new 1", "new 2", "old 1", "old 2"], _test.Store.Entries.Select(entry => $"{entry.Room} {entry.Number}"));
    }

    [Fact]
    public async Task A_room_may_go_back_to_its_old_name_as_long_as_nobody_has_said_anything_under_it()
    {
        var ann = await _test.SignInAsync("Ann", "old");
        await ann.MustPostAsync("old", "1");
        Assert.Equal(Verdict.Accepted, await ann.RenameRoomAsync("old", "new"));
        Assert.Equal(Verdict.Accepted, await ann.RenameRoomAsync("new", "old"));
        await ann.MustPostAsync("old", "4");
        Assert.Equal(Verdict.Accepted, await ann.RenameRoomAsync("old", "new"));

        var bob = await _test.SignInAsync("Bob", "old");
        await bob.MustPostAsync("old", "mine");
        await bob.LeaveAsync("old");

        Assert.Equal(Verdict.NameHasHistory, await ann.RenameRoomAsync("new", "old"));
        Assert.Equal(["1", "old new", "new old", "4", "old new"], _test.Store.Entries.Where(entry => entry.Room.Value == "new").Select(HookedStore.TextOf));
        var names = await ann.LookAsync(new FindFormerNames(Room("new")));
        Assert.Equal([("old", 2L), ("new", 3L), ("old", 5L)], names.Select(name => (name.Name.Value, name.LastNumber)));
        Assert.Empty(await bob.LookAsync(new FindFormerNames(Room("new"))));
    }

    [Fact]
    public async Task What_is_said_while_a_room_is_being_renamed_is_kept_and_shown_behind_it_under_the_new_name()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "old");
        var bob = await _test.SignInAsync("Bob", "old");
        await ann.MustPostAsync("old", "1");
        HoldAt(hold, "old new");

        var renaming = ann.RenameRoomAsync("old", "new").AsTask();
        hold.WaitUntilReached();
        Assert.Equal(Verdict.Accepted, await bob.PostAsync("old", "3"));
        var cyd = await _test.SignInAsync("Cyd");
        var coming = cyd.JoinAsync("new", replay: 10).AsTask();
        var asked = bob.AskAsync(new Post(Room("old"), new MessageDraft(MessageKind.Text, "4"u8.ToArray())) { IsAwaited = true }).AsTask();
        Assert.False(renaming.IsCompleted || coming.IsCompleted || asked.IsCompleted);
        hold.Release();

        Assert.Equal((Verdict.Accepted, Verdict.Accepted, Verdict.Accepted), (await renaming, await coming, await asked));
        await bob.MustSeeAsync("old| Ann: 1", "old| Ann renamed it to new");
        Assert.Contains("new| Bob: 3", await ann.NextAsync(5));
        Assert.Equal(["new 1", "new 2", "new 3", "new 4"], _test.Store.Entries.Select(entry => $"{entry.Room} {entry.Number}"));
        Assert.Equal(["new (3)"], await RoomsAsync());
    }

    [Fact]
    public async Task Whoever_reads_while_a_room_is_being_renamed_waits_for_it_and_misses_nothing()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "old");
        var bob = await _test.SignInAsync("Bob", "old");
        await ann.MustPostAsync("old", "1");

        // It is kept under the new name, and nobody knows it yet.
        _test.Store.OnAppended = hold.Pause;
        var renaming = ann.RenameRoomAsync("old", "new").AsTask();
        hold.WaitUntilReached();
        var reading = bob.LookAsync(new ReadRoom(new HistoryQuery(Room("old")))).AsTask();
        Assert.False(reading.IsCompleted);
        hold.Release();

        Assert.Equal(["1"], Texts(await reading));
        Assert.Equal(Verdict.Accepted, await renaming);
    }

    [Fact]
    public async Task A_page_that_is_read_while_its_room_takes_another_name_is_read_again()
    {
        var ann = await _test.SignInAsync("Ann", "old");
        var bob = await _test.SignInAsync("Bob", "old");
        await ann.MustPostAsync("old", "1");
        var isReading = new TaskCompletionSource();
        var mayRead = new TaskCompletionSource();
        _test.Store.OnRead = () =>
        {
            _test.Store.OnRead = null;
            isReading.SetResult();
            return mayRead.Task;
        };

        var reading = bob.LookAsync(new ReadRoom(new HistoryQuery(Room("old")))).AsTask();
        await isReading.Task;
        Assert.Equal(Verdict.Accepted, await ann.RenameRoomAsync("old", "new"));
        mayRead.SetResult();

        Assert.Equal(["1"], Texts(await reading));

        // The next page of the same answer is asked for by the name that the answer began with.
        Assert.Equal(["1"], Texts(await bob.LookAsync(new ReadRoom(new HistoryQuery(Room("old"))))));
    }

    [Fact]
    public async Task Whoever_comes_while_the_room_is_about_to_be_renamed_is_shown_the_past_under_the_name_that_it_joined()
    {
        var ann = await _test.SignInAsync("Ann", "old");
        await ann.MustPostAsync("old", "1");
        var isReading = new TaskCompletionSource();
        var mayRead = new TaskCompletionSource();
        _test.Store.OnRead = () =>
        {
            _test.Store.OnRead = null;
            isReading.SetResult();
            return mayRead.Task;
        };

        var bob = await _test.SignInAsync("Bob");
        var coming = bob.JoinAsync("old", replay: 10).AsTask();
        await isReading.Task;
        Assert.Equal(Verdict.Accepted, await ann.RenameRoomAsync("old", "new"));
        mayRead.SetResult();

        Assert.Equal(Verdict.Accepted, await coming);
        await bob.MustSeeAsync("old| welcome Bob", "old| before", "old #1| Ann: 1", "old| now", "old| Ann renamed it to new");
    }

    [Theory]
    [InlineData(HistoryFailurePolicy.Deliver)]
    [InlineData(HistoryFailurePolicy.Refuse)]
    public async Task Where_the_store_fails_nothing_is_renamed_and_whoever_asked_is_told(HistoryFailurePolicy policy)
    {
        using var hold = new Hold();
        await using var test = new TestHistory(options: new RecordingOptions { OnFailure = policy });
        var ann = await test.SignInAsync("Ann", "old");
        var bob = await test.SignInAsync("Bob", "old");
        await ann.MustPostAsync("old", "1");
        await ann.NextAsync(2);
        await bob.NextAsync(1);
        test.Store.OnAppend = texts =>
        {
            if (texts.Contains("old new"))
            {
                hold.Pause();
                throw new HistoryException("full");
            }
        };

        var renaming = ann.RenameRoomAsync("old", "new").AsTask();
        hold.WaitUntilReached();
        await bob.PostAsync("old", "said meanwhile");
        var leaving = bob.LeaveAsync("new").AsTask();
        var joining = bob.JoinAsync("new").AsTask();
        hold.Release();
        Assert.Equal(Verdict.HistoryFails, await renaming);
        await leaving;
        await joining;
        test.Store.OnAppend = null;
        await test.Broker.StopAsync();

        var all = ann.Waiting();
        Assert.Contains("old| Bob: said meanwhile", all);
        Assert.DoesNotContain(all, line => line.Contains("renamed", StringComparison.Ordinal) || line.StartsWith("new|", StringComparison.Ordinal));
        Assert.Equal(["old 1", "old said meanwhile"], test.Store.Entries.Select(entry => $"{entry.Room} {HookedStore.TextOf(entry)}"));
        Assert.Equal(test.Store.Entries.Select(entry => entry.Number).Distinct().Order(), test.Store.Entries.Select(entry => entry.Number));
    }

    [Fact]
    public async Task While_the_store_is_known_to_fail_nothing_is_renamed_and_afterwards_it_is()
    {
        var ann = await _test.SignInAsync("Ann", "old");
        _test.Store.OnAppend = _ => throw new HistoryException("full");
        await ann.MustPostAsync("old", "1");

        Assert.Equal(Verdict.HistoryFails, await ann.RenameRoomAsync("old", "new"));
        await ann.MustPostAsync("old", "2");
        _test.Store.OnAppend = null;
        await ann.MustSeeAsync("old| Server cannot keep history at the moment", "old| Ann: 1", "old| Ann: 2", "old| Server keeps history again");

        Assert.Equal(Verdict.Accepted, await ann.RenameRoomAsync("old", "new"));
        Assert.Equal(["new 1", "new 2", "new old new"], _test.Store.Entries.Select(entry => $"{entry.Room} {HookedStore.TextOf(entry)}"));
    }

    [Theory]
    [InlineData(HistoryFailurePolicy.Deliver)]
    [InlineData(HistoryFailurePolicy.Refuse)]
    public async Task A_renaming_that_the_store_does_not_take_is_refused_alone(HistoryFailurePolicy policy)
    {
        using var hold = new Hold();
        await using var test = new TestHistory(options: new RecordingOptions { OnFailure = policy });
        var ann = await test.SignInAsync("Ann", "old");
        var bob = await test.SignInAsync("Bob", "side");
        test.Store.OnAppend = texts =>
        {
            hold.Pause();
            if (texts.Contains("old new"))
            {
                throw new ArgumentException("no such number", nameof(texts));
            }
        };

        // All of these come in while the first is kept, and are one batch.
        await bob.PostAsync("side", "first");
        hold.WaitUntilReached();
        await ann.PostAsync("old", "1");
        var renaming = ann.RenameRoomAsync("old", "new").AsTask();
        await bob.PostAsync("side", "last");
        hold.Release();

        Assert.Equal(Verdict.HistoryFails, await renaming);
        await ann.MustPostAsync("old", "2");
        Assert.Equal(["first", "1", "last", "2"], test.Store.Texts);
        Assert.Equal(["side", "old", "side", "old"], test.Store.Entries.Select(entry => entry.Room.Value));
    }

    [Fact]
    public async Task What_is_said_under_the_new_name_while_that_is_looked_at_is_not_covered()
    {
        var ann = await _test.SignInAsync("Ann", "old");
        var bob = await _test.SignInAsync("Bob");
        await ann.MustPostAsync("old", "1");
        _test.Store.OnFound = async () =>
        {
            // There was no history under the name, and there is no room any more once this is done.
            _test.Store.OnFound = null;
            await bob.JoinAsync("new");
            await bob.MustPostAsync("new", "mine");
            await bob.LeaveAsync("new");
        };

        // Behind this read it looks again, as a number was given meanwhile.
        Assert.Equal(Verdict.NameHasHistory, await ann.RenameRoomAsync("old", "new"));
        Assert.Equal(["old 1", "new mine"], _test.Store.Entries.Select(entry => $"{entry.Room} {HookedStore.TextOf(entry)}"));
    }

    [Fact]
    public async Task What_was_said_under_the_new_name_and_is_not_kept_yet_is_not_covered()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "old");
        var bob = await _test.SignInAsync("Bob", "new");
        HoldAt(hold, "mine");
        await bob.PostAsync("new", "mine");
        hold.WaitUntilReached();
        var leaving = bob.LeaveAsync("new").AsTask();

        var renaming = ann.RenameRoomAsync("old", "new").AsTask();
        Assert.False(renaming.IsCompleted);
        hold.Release();
        await leaving;

        Assert.Equal(Verdict.NameHasHistory, await renaming);
    }

    [Fact]
    public async Task Of_two_operators_who_rename_a_room_at_once_the_second_renames_what_the_first_has_named()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "old");
        var bob = await _test.SignInAsync("Bob", "old");
        await ann.MustSetAsync("old", RoomMode.Operator, "Bob");
        await ann.MustPostAsync("old", "1");
        HoldAt(hold, "old new");

        var first = ann.RenameRoomAsync("old", "new").AsTask();
        hold.WaitUntilReached();
        var second = bob.RenameRoomAsync("new", "newer").AsTask();
        var stale = bob.RenameRoomAsync("old", "other").AsTask();
        hold.Release();

        Assert.Equal((Verdict.Accepted, Verdict.Accepted, Verdict.NoSuchRoom), (await first, await second, await stale));
        Assert.Equal(["newer (2)"], await RoomsAsync());
        Assert.Equal(["newer 1", "newer old new", "newer new newer"], _test.Store.Entries.Select(entry => $"{entry.Room} {HookedStore.TextOf(entry)}"));
    }

    [Fact]
    public async Task A_room_that_empties_while_it_is_renamed_is_found_by_the_new_name_with_its_history()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "old");
        var bob = await _test.SignInAsync("Bob");
        var cyd = await _test.SignInAsync("Cyd");
        await ann.MustPostAsync("old", "1");
        HoldAt(hold, "old new");

        var renaming = ann.RenameRoomAsync("old", "new").AsTask();
        hold.WaitUntilReached();
        var leaving = ann.SignOutAsync().AsTask();
        var coming = bob.JoinAsync("new").AsTask();
        var another = cyd.JoinAsync("old").AsTask();
        await bob.PostAsync("new", "in the room that was renamed");
        await cyd.PostAsync("old", "in a new one");
        hold.Release();
        await renaming;
        await leaving;
        await coming;
        await another;
        await bob.MustPostAsync("new", "and on");
        await cyd.MustPostAsync("old", "and on there");

        Assert.Equal(["1", "in the room that was renamed", "and on"], Texts(await bob.LookAsync(new ReadRoom(new HistoryQuery(Room("new"))))));
        Assert.Equal(["in a new one", "and on there"], Texts(await cyd.LookAsync(new ReadRoom(new HistoryQuery(Room("old"))))));
        Assert.Equal(0, _test.Monitor.LostMessages);
    }

    [Fact]
    public async Task A_server_that_ended_before_the_renaming_was_shown_comes_up_with_all_history_under_the_new_name()
    {
        var ann = await _test.SignInAsync("Ann", "old");
        await ann.MustPostAsync("old", "1");
        await ann.RenameRoomAsync("old", "new");

        await using var next = new TestHistory(_test.Store);
        var bob = await next.SignInAsync("Bob");
        await bob.JoinAsync("new", replay: 10);
        await bob.MustPostAsync("new", "3");
        await bob.JoinAsync("old", replay: 10);
        await bob.MustPostAsync("old", "4");

        await bob.MustSeeAsync("new| welcome Bob", "new| before", "new #1| Ann: 1", "new| now", "new| Bob: 3", "old| welcome Bob", "old| Bob: 4");
        Assert.Equal(["old"], (await bob.LookAsync(new FindFormerNames(Room("new")))).Select(name => name.Name.Value));
    }

    [Fact]
    public async Task A_message_of_before_a_rename_is_taken_back_under_the_new_name_by_the_id_that_it_was_shown_with()
    {
        var ann = await _test.SignInAsync("Ann", "old");
        await ann.MustPostAsync("old", "oops");
        await ann.RenameRoomAsync("old", "new");

        Assert.Equal(Verdict.NoSuchMessage, await ann.AskAsync(new Redact(Room("new"), 1) { SaidIn = Room("new") }));
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new Redact(Room("new"), 1) { SaidIn = Room("old") }));

        Assert.Equal(MessageKind.Redacted, _test.Store.Entries[0].Kind);
    }

    [Fact]
    public async Task A_message_that_is_taken_back_while_its_room_is_renamed_is_gone_under_the_new_name()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "old");
        var bob = await _test.SignInAsync("Bob", "old");
        await bob.MustPostAsync("old", "oops");
        HoldAt(hold, "old new");

        var renaming = ann.RenameRoomAsync("old", "new").AsTask();
        hold.WaitUntilReached();
        var taking = bob.AskAsync(new Redact(Room("old"), 1)).AsTask();
        hold.Release();

        Assert.Equal((Verdict.Accepted, Verdict.Accepted), (await renaming, await taking));
        Assert.Equal([MessageKind.Redacted, MessageKind.RoomRenamed], _test.Store.Entries.Select(entry => entry.Kind));
    }

    [Fact]
    public async Task A_slow_reader_is_caught_up_under_the_name_that_the_room_had_when_each_message_was_said()
    {
        var ann = await _test.SignInAsync("Ann", "old");
        var slow = _test.NewSession(new OutboxOptions { MaxBytes = 4096 });
        await slow.MustSignInAsync("Slow");
        await slow.MustJoinAsync("old");
        slow.Sink.Room = 0;

        for (var i = 0; i < 5; i++)
        {
            await ann.MustPostAsync("old", $"old {i} {new string('x', 1500)}");
        }

        await ann.RenameRoomAsync("old", "new");
        for (var i = 0; i < 5; i++)
        {
            await ann.MustPostAsync("new", $"new {i} {new string('x', 1500)}");
        }

        await ann.NextAsync(12);
        slow.Read();
        await ann.MustPostAsync("new", "end");
        var lines = new List<string>();
        while (lines is not [.., "new| Ann: end"])
        {
            lines.Add(await slow.NextAsync());
        }

        var said = lines.Where(line => line.Contains("Ann: ", StringComparison.Ordinal)).ToList();
        Assert.Equal("01234", string.Concat(said.Where(line => line.Contains("Ann: old ", StringComparison.Ordinal)).Select(line => line.Split("Ann: old ")[1][0])));
        Assert.Equal("01234", string.Concat(said.Where(line => line.Contains("Ann: new ", StringComparison.Ordinal)).Select(line => line.Split("Ann: new ")[1][0])));
        Assert.All(said.SkipLast(1), line => Assert.StartsWith(line.Split("Ann: ")[1][..3], line, StringComparison.Ordinal));
    }

    private static RoomName Room(string name) => RoomName.TryParse(name, out var room) ? room : throw new ArgumentException(name, nameof(name));

    private static IEnumerable<string> Texts(IEnumerable<HistoryEntry>? entries) => entries!.Select(HookedStore.TextOf);

    private async Task<IEnumerable<string>> RoomsAsync()
        => (await _test.Broker.LookAsync(SessionId.Server, new ListRooms(), TestContext.Current.CancellationToken)).Items.Select(room => $"{room.Name} ({room.Users})").Order();

    private void HoldAt(Hold hold, string text) => _test.Store.OnAppend = texts =>
    {
        if (texts.Contains(text))
        {
            hold.Pause();
        }
    };
}
