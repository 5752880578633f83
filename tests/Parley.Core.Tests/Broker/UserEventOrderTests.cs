using Parley.Core.Intentions;
using Parley.Core.Tests.Fixtures;

namespace Parley.Core.Tests.Broker;

/// <summary>An event about a user stands in every room of that user; the rooms are flushed in any order.</summary>
public class UserEventOrderTests
{
    private readonly HandFlushes _flushes = new();
    private readonly int _nodes;
    private readonly TestBroker _test;

    public UserEventOrderTests()
        : this(nodes: 0)
    {
    }

    private protected UserEventOrderTests(int nodes) => (_nodes, _test) = (nodes, new TestBroker(_flushes, nodes: nodes));

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public async Task A_rename_is_seen_once_and_ahead_of_the_new_name_whichever_room_is_flushed_first(string first)
    {
        var ann = await _test.SignInAsync("Ann", "one", "two");
        var bob = await _test.SignInAsync("Bob", "two", "one");

        await ann.RenameAsync("Eve");
        await ann.MustPostAsync(first, "hi");
        _flushes.Run(first);
        _flushes.Run();

        var lines = bob.Waiting();
        Assert.Equal(2, lines.Length);
        Assert.EndsWith("| Ann is now Eve", lines[0], StringComparison.Ordinal);
        Assert.Equal($"{first}| Eve: hi", lines[1]);
    }

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public async Task Whoever_comes_into_a_room_or_leaves_it_has_said_before_what_it_said_before_in_another(string first)
    {
        var ann = await _test.SignInAsync("Ann", "one");
        var bob = await _test.SignInAsync("Bob", "one", "two");

        await ann.MustPostAsync("one", "on my way");
        await ann.JoinAsync("two");
        _flushes.Run(first);
        _flushes.Run();
        Assert.Equal(["one| Ann: on my way", "two| Ann joined"], bob.Waiting());

        await ann.MustPostAsync("one", "back again");
        await ann.LeaveAsync("two");
        _flushes.Run(first);
        _flushes.Run();
        Assert.Equal(["one| Ann: back again", "two| Ann left"], bob.Waiting());
    }

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public async Task Whoever_comes_into_a_room_has_changed_before_what_it_changed_before_in_another(string first)
    {
        var ann = await _test.SignInAsync("Ann", "one");
        var bob = await _test.SignInAsync("Bob", "one", "two");

        await ann.SetTopicAsync("one", "moving");
        await ann.JoinAsync("two");
        _flushes.Run(first);
        _flushes.Run();

        Assert.Equal(["one| Ann set the topic 'moving'", "two| Ann joined"], bob.Waiting());
    }

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public async Task A_rename_comes_behind_what_its_user_said_before_in_any_room(string first)
    {
        var ann = await _test.SignInAsync("Ann", "one", "two");
        var bob = await _test.SignInAsync("Bob", "one", "two");

        await ann.MustPostAsync("one", "1");
        await ann.MustPostAsync("two", "2");
        await ann.RenameAsync("Eve");
        _flushes.Run(first);
        _flushes.Run();

        var lines = bob.Waiting();
        Assert.Equal(["one| Ann: 1", "two| Ann: 2"], lines[..2].Order());
        Assert.EndsWith("| Ann is now Eve", Assert.Single(lines[2..]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public async Task A_quit_comes_behind_what_its_user_said_before_in_any_room(string first)
    {
        var ann = await _test.SignInAsync("Ann", "one", "two");
        var bob = await _test.SignInAsync("Bob", "one", "two");

        await ann.MustPostAsync("one", "1");
        await ann.MustPostAsync("two", "2");
        await ann.SignOutAsync();
        _flushes.Run(first);
        _flushes.Run();

        var lines = bob.Waiting();
        Assert.Equal(["one| Ann: 1", "two| Ann: 2"], lines[..2].Order());
        Assert.EndsWith("| Ann quit", Assert.Single(lines[2..]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    [InlineData("three")]
    public async Task A_quit_comes_behind_the_leave_from_a_room_whose_members_were_not_given_that(string first)
    {
        var ann = await _test.SignInAsync("Ann", "one", "two", "three");
        var bob = await _test.SignInAsync("Bob", "one", "two", "three");

        await ann.LeaveAsync("three");
        await ann.SignOutAsync();
        _flushes.Run(first);
        _flushes.Run();

        Assert.Equal(["three| Ann left", "Ann quit"], bob.Waiting().Select(WithoutRoomOf("quit")));
    }

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public async Task What_comes_behind_a_leave_is_shown_behind_it_though_the_user_is_in_one_other_room(string first)
    {
        var ann = await _test.SignInAsync("Ann", "one", "two");
        var bob = await _test.SignInAsync("Bob", "one", "two");

        await ann.LeaveAsync("two");
        await ann.RenameAsync("Eve");
        _flushes.Run(first);
        _flushes.Run();
        Assert.Equal(["two| Ann left", "one| Ann is now Eve"], bob.Waiting());

        await ann.JoinAsync("two");
        await ann.LeaveAsync("two");
        await ann.SignOutAsync();
        _flushes.Run(first);
        _flushes.Run();
        Assert.Equal(["two| Eve joined", "two| Eve left", "one| Eve quit"], bob.Waiting());
    }

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public async Task A_quit_comes_behind_being_put_out_of_another_room(string first)
    {
        var op = await _test.SignInAsync("Op", "two");
        var ann = await _test.SignInAsync("Ann", "one", "two");
        var bob = await _test.SignInAsync("Bob", "one", "two");

        Assert.Equal(Verdict.Accepted, await op.KickAsync("two", "Ann"));
        await ann.SignOutAsync();
        _flushes.Run(first);
        _flushes.Run();

        var lines = bob.Waiting();
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("two| Op kicked Ann", lines[0], StringComparison.Ordinal);
        Assert.Equal("one| Ann quit", lines[1]);
    }

    [Fact]
    public async Task Two_renames_are_never_seen_the_wrong_way_round_though_the_user_joined_a_room_between_them()
    {
        var ann = await _test.SignInAsync("Ann", "one");
        var bob = await _test.SignInAsync("Bob", "one", "two");
        _flushes.Run();
        bob.Waiting();

        await ann.RenameAsync("Eve");
        await ann.JoinAsync("two");
        // The clock is read once per room, and then once more: by then both rooms have the second rename.
        _test.Time.Reset(read =>
        {
            if (read == 3)
            {
                _flushes.Run("two");
            }
        });
        await ann.RenameAsync("Fay");
        _flushes.Run();

        // Nodes flush when all of it has come to them.
        var shownIn = _nodes == 0 ? "two" : "one";
        Assert.Equal(["one| Ann is now Eve", "two| Eve joined", $"{shownIn}| Eve is now Fay"], bob.Waiting());
    }

    [Fact]
    public async Task Two_renames_are_never_seen_the_wrong_way_round_though_the_user_changed_rooms_between_them()
    {
        var ann = await _test.SignInAsync("Ann", "one");
        var bob = await _test.SignInAsync("Bob", "one", "two");
        _flushes.Run();
        bob.Waiting();

        await ann.RenameAsync("Eve");
        await ann.LeaveAsync("one");
        await ann.JoinAsync("two");
        await ann.RenameAsync("Fay");
        _flushes.Run("two");
        _flushes.Run();

        string[] renames = [.. bob.Waiting().Where(line => line.Contains("now", StringComparison.Ordinal))];
        Assert.Equal(["one| Ann is now Eve", "two| Eve is now Fay"], renames);
    }

    [Fact]
    public async Task Whoever_joins_a_shared_room_between_two_renames_sees_each_once_and_in_order()
    {
        var ann = await _test.SignInAsync("Ann", "one", "two");
        var bob = await _test.SignInAsync("Bob", "one");

        await ann.RenameAsync("Eve");
        await bob.JoinAsync("two");
        await ann.RenameAsync("Fay");
        _flushes.Run("two");
        _flushes.Run();

        Assert.Equal(["one| Ann is now Eve", "two| welcome Bob", "Eve is now Fay"], bob.Waiting().Select(WithoutRoomOf("Fay")));
    }

    [Fact]
    public async Task Whoever_joins_a_room_when_it_has_seen_a_rename_in_another_is_shown_it_there_too()
    {
        var ann = await _test.SignInAsync("Ann", "one", "two");
        var bob = await _test.SignInAsync("Bob", "one");
        _flushes.Run();
        bob.Waiting();

        // The clock is read once per room: by then the first room has the rename, and the other has not.
        Task<Verdict>? joining = null;
        _test.Time.Reset(read =>
        {
            if (read == 2)
            {
                joining = bob.JoinAsync("two").AsTask();
            }
        });
        await ann.RenameAsync("Eve");
        Assert.Equal(Verdict.Accepted, await joining!);
        _flushes.Run();

        Assert.Equal(["one| Ann is now Eve", "two| welcome Bob", "two| Ann is now Eve"], bob.Waiting());
    }

    [Fact]
    public async Task A_rename_is_seen_though_one_leaves_the_room_through_which_it_would_have_come()
    {
        var ann = await _test.SignInAsync("Ann", "one", "two");
        var bob = await _test.SignInAsync("Bob", "one", "two");

        await ann.RenameAsync("Eve");
        await bob.LeaveAsync("one");
        _flushes.Run();

        Assert.EndsWith("| Ann is now Eve", Assert.Single(bob.Waiting()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rename_is_seen_once_though_one_changes_flavor_before_it_is_flushed()
    {
        var ann = await _test.SignInAsync("Ann", "one", "two");
        var bob = await _test.SignInAsync("Bob", "one", "two");

        await ann.RenameAsync("Eve");
        bob.Session.SetFlavor(new Specification.PlainFlavor());
        _flushes.Run();

        Assert.EndsWith("| Ann is now Eve", Assert.Single(bob.Waiting()), StringComparison.Ordinal);
    }

    private static Func<string, string> WithoutRoomOf(string what)
        => line => line.Contains(what, StringComparison.Ordinal) ? line[(line.IndexOf('|', StringComparison.Ordinal) + 2)..] : line;
}

/// <summary>The same for people at two nodes, each of which flushes the rooms that it mirrors.</summary>
public sealed class MirroredUserEventOrderTests() : UserEventOrderTests(nodes: 2);
