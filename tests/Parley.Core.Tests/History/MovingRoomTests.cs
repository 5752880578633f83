using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.Rooms;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.History;

/// <summary>What happens to a message that is being kept while its author, or its room, moves on.</summary>
public sealed class MovingRoomTests : IAsyncDisposable
{
    private readonly TestHistory _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task A_message_whose_author_is_kicked_while_it_is_kept_is_shown_to_nobody_and_its_author_is_told()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main");
        var bob = await _test.SignInAsync("Bob", "main");
        await HoldAsync(hold, bob, "main", "but");

        Assert.Equal(Verdict.Accepted, await ann.KickAsync("main", "Bob"));
        hold.Release();
        await ann.MustPostAsync("main", "so");

        await ann.MustSeeAsync("main| Bob joined", "main| Ann kicked Bob", "main| Ann: so");
        await bob.MustSeeAsync("main| Ann kicked Bob", "main| silenced: but");
    }

    [Fact]
    public async Task A_message_whose_author_is_banned_while_it_is_kept_is_shown_to_nobody_and_its_author_is_told()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main");
        var bob = await _test.SignInAsync("Bob", "main");
        await HoldAsync(hold, bob, "main", "but");

        await ann.MustSetAsync("main", RoomMode.Ban, "bob!*@*");
        hold.Release();

        await bob.MustSeeAsync("main| Ann set +Ban=bob!*@*", "main| silenced: but");
    }

    [Fact]
    public async Task Whoever_comes_back_after_a_kick_waits_for_what_it_said_before()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main");
        var bob = await _test.SignInAsync("Bob", "main");
        await HoldAsync(hold, bob, "main", "but");

        await ann.KickAsync("main", "Bob");
        var coming = bob.JoinAsync("main").AsTask();
        Assert.False(coming.IsCompleted);
        hold.Release();

        Assert.Equal(Verdict.Accepted, await coming);
        await bob.MustSeeAsync("main| Ann kicked Bob", "main| silenced: but", "main| welcome Bob");
    }

    [Fact]
    public async Task A_message_that_is_kept_while_its_room_takes_another_name_is_kept_under_the_old_one_and_delivered()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "old");
        var bob = await _test.SignInAsync("Bob", "old");
        await HoldAsync(hold, bob, "old", "1");

        Assert.Equal(Verdict.Accepted, await ann.RenameRoomAsync("old", "new"));
        hold.Release();
        await bob.MustPostAsync("new", "2");

        await bob.MustSeeAsync("old| Ann renamed it to new", "new| Bob: 1", "new| Bob: 2");
        Assert.Equal([("old", "1"), ("new", "2")], Kept());
    }

    [Fact]
    public async Task Numbers_go_on_under_a_new_name_above_those_of_either_name_so_far()
    {
        await _test.RememberAsync("old", 3);
        await _test.RememberAsync("new", 5);
        var ann = await _test.SignInAsync("Ann", "old");
        await ann.MustPostAsync("old", "4");

        await ann.RenameRoomAsync("old", "new");
        await ann.MustPostAsync("new", "6");
        await ann.RenameRoomAsync("new", "old");
        await ann.MustPostAsync("old", "7");

        Assert.Equal([4L, 6L, 7L], _test.Store.Entries.Where(entry => entry.Author.Value == "Ann").Select(entry => entry.Number));
        await ann.MustSeeAsync("old| Ann: 4", "old| Ann renamed it to new", "new| Ann: 6", "new| Ann renamed it to old", "old| Ann: 7");
    }

    [Fact]
    public async Task Whoever_joins_behind_a_rename_is_shown_what_was_said_under_the_name_it_joins()
    {
        var ann = await _test.SignInAsync("Ann", "old");
        await ann.MustPostAsync("old", "1");
        await ann.RenameRoomAsync("old", "new");
        await ann.MustPostAsync("new", "2");

        var bob = await _test.SignInAsync("Bob");
        await bob.JoinAsync("new", replay: 10);

        await bob.MustSeeAsync("new| welcome Bob", "new| before", "new #2| Ann: 2", "new| now");
    }

    [Fact]
    public async Task A_slow_reader_is_caught_up_with_what_was_said_under_the_present_name()
    {
        await _test.RememberAsync("new", 20);
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

        Assert.DoesNotContain(lines, line => line.Contains("Past", StringComparison.Ordinal));
        var numbers = lines.Where(line => line.Contains("Ann: new ", StringComparison.Ordinal)).Select(line => line.Split("Ann: new ")[1][0]);
        Assert.Equal("01234", string.Concat(numbers));
    }

    private IEnumerable<(string Room, string Text)> Kept() => _test.Store.Entries.Select(entry => (entry.Room.Value, HookedStore.TextOf(entry)));

    /// <summary>Has a message on its way into the store, and the store hold it.</summary>
    private async Task HoldAsync(Hold hold, TestSession author, string room, string text)
    {
        _test.Store.OnAppend = texts =>
        {
            if (texts.Contains(text))
            {
                hold.Pause();
            }
        };
        Assert.Equal(Verdict.Accepted, await author.PostAsync(room, text));
        hold.WaitUntilReached();
    }
}
