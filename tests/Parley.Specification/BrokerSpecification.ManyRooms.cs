using Parley.Core.Intentions;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Fact]
    public async Task A_rename_is_seen_once_by_whoever_shares_several_rooms()
    {
        var ann = await SignInAsync("Ann", "one", "two", "three");
        var bob = await SignInAsync("Bob", "three", "one", "two");
        var cyd = await SignInAsync("Cyd", "two");

        await ann.RenameAsync("Eve");
        foreach (var room in new[] { "one", "two", "three" })
        {
            await ann.MustPostAsync(room, "hi");
        }

        var toBob = await bob.NextAsync(5);
        Assert.Single(toBob, line => line.EndsWith("| Ann is now Eve", StringComparison.Ordinal));
        Assert.EndsWith("| Ann is now Eve", toBob.First(line => line.Contains("Eve", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("one| Eve: hi", toBob);
        Assert.Contains("two| Eve: hi", toBob);
        Assert.Contains("three| Eve: hi", toBob);
        await cyd.MustSeeAsync("two| Ann is now Eve", "two| Eve: hi");
        Assert.Equal(["Bob", "Eve"], await MembersAsync("one"));
        Assert.Equal(["Bob", "Cyd", "Eve"], await MembersAsync("two"));
    }

    [Fact]
    public async Task Whoever_renames_itself_in_several_rooms_is_told_once()
    {
        var ann = await SignInAsync("Ann", "one", "two", "three");

        await ann.RenameAsync("Eve");
        await ann.RenameAsync("Fay");
        await ann.MustPostAsync("one", "end");

        var lines = await ann.NextAsync(3);
        Assert.Equal(["Ann is now Eve", "Eve is now Fay", "Fay: end"], lines.Select(WithoutRoom));
    }

    [Fact]
    public async Task A_quit_is_seen_once_by_whoever_shares_several_rooms()
    {
        var ann = await SignInAsync("Ann", "one", "two", "three");
        var bob = await SignInAsync("Bob", "one", "two", "three");

        await ann.SignOutAsync();
        foreach (var room in new[] { "one", "two", "three" })
        {
            await bob.MustPostAsync(room, "alone");
        }

        var lines = await bob.NextAsync(4);
        Assert.Single(lines, line => line.EndsWith("| Ann quit", StringComparison.Ordinal));
        Assert.Equal(["one (1)", "three (1)", "two (1)"], await RoomsAsync());
    }

    [Fact]
    public async Task Leaving_is_seen_in_every_room_by_itself()
    {
        var ann = await SignInAsync("Ann", "one", "two");
        var bob = await SignInAsync("Bob", "one", "two");

        await ann.LeaveAsync("one");
        await ann.LeaveAsync("two");

        Assert.Equal(["one| Ann left", "two| Ann left"], (await bob.NextAsync(2)).Order());
    }

    [Fact]
    public async Task Renames_in_a_row_are_seen_in_that_order_by_whoever_shares_several_rooms()
    {
        var ann = await SignInAsync("Ann", "one", "two");
        var bob = await SignInAsync("Bob", "two", "one");
        string[] names = ["Ann", .. Enumerable.Range(0, 50).Select(i => $"Ann{i}")];

        foreach (var name in names[1..])
        {
            Assert.Equal(Verdict.Accepted, await ann.RenameAsync(name));
        }

        var expected = names.Zip(names[1..], (old, now) => $"{old} is now {now}");
        Assert.Equal(expected, (await bob.NextAsync(50)).Select(WithoutRoom));
    }

    [Fact]
    public async Task Whoever_joins_a_shared_room_between_two_renames_sees_them_in_order()
    {
        var ann = await SignInAsync("Ann", "one", "two");
        var bob = await SignInAsync("Bob", "one");

        await ann.RenameAsync("Eve");
        await bob.JoinAsync("two");
        await ann.RenameAsync("Fay");

        string[] renames = [.. (await bob.NextAsync(3)).Where(line => !line.Contains("welcome", StringComparison.Ordinal))];
        Assert.Equal(["Ann is now Eve", "Eve is now Fay"], renames.Select(WithoutRoom));
    }

    [Fact]
    public async Task A_rename_comes_behind_what_was_said_under_the_old_name_in_every_room()
    {
        var ann = await SignInAsync("Ann", "one", "two");
        var bob = await SignInAsync("Bob", "one", "two");
        var name = "Ann";

        for (var i = 0; i < 50; i++)
        {
            await ann.MustPostAsync("one", "hi");
            await ann.MustPostAsync("two", "hi");
            await ann.RenameAsync($"Ann{i}");

            var lines = await bob.NextAsync(3);
            Assert.Equal([$"one| {name}: hi", $"two| {name}: hi"], lines[..2].Order());
            Assert.Equal($"{name} is now Ann{i}", WithoutRoom(lines[2]));
            name = $"Ann{i}";
        }
    }

    [Fact]
    public async Task A_session_may_follow_a_hundred_rooms_and_no_more()
    {
        var ann = await SignInAsync("Ann", [.. Enumerable.Range(0, 100).Select(i => $"room{i}")]);

        Assert.Equal(Verdict.TooManyRooms, await ann.JoinAsync("straw"));
        await ann.LeaveAsync("room7");

        Assert.Equal(Verdict.Accepted, await ann.JoinAsync("straw"));
        Assert.Equal(100, (await RoomsAsync()).Length);
    }

    private static string WithoutRoom(string line) => line[(line.IndexOf('|', StringComparison.Ordinal) + 2)..];
}
