using Parley.Core.Events;
using Parley.Core.Intentions;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Fact]
    public async Task A_room_with_another_name_keeps_its_members_its_modes_and_its_topic()
    {
        var ann = await SignInAsync("Ann", "old");
        var bob = await SignInAsync("Bob", "old");
        await ann.SetTopicAsync("old", "tea");
        await ann.MustSetAsync("old", RoomMode.Key, "sesame");

        Assert.Equal(Verdict.Accepted, await ann.RenameRoomAsync("OLD", "new", "typo"));
        await bob.MustPostAsync("new", "hi");

        await bob.MustSeeAsync(
            "old| Ann set the topic 'tea'", "old| Ann set +Key=sesame", "old| Ann renamed it to new (typo)", "new| Bob: hi");
        await ann.NextAsync(3);
        await ann.MustSeeAsync("old| Ann renamed it to new (typo)", "new| Bob: hi");
        var view = (await ViewAsync("new"))!;
        Assert.Equal(("new", "sesame", "tea"), (view.Name.Value, view.Key, view.Topic!.Text));
        Assert.Equal(["new (2)"], await RoomsAsync());
        await bob.ReachedAsync();
        Assert.Equal(["new"], bob.Session.Rooms.Select(room => room.Value));
        Assert.Equal(["Ann Operator", "Bob None"], await RanksAsync("new"));
    }

    [Fact]
    public async Task The_old_name_is_free_for_a_room_of_its_own()
    {
        var ann = await SignInAsync("Ann", "old");
        await ann.RenameRoomAsync("old", "new");

        Assert.Equal(Verdict.NoSuchRoom, await ann.LeaveAsync("old"));
        Assert.Equal(Verdict.Accepted, await ann.JoinAsync("old"));
        await ann.MustSeeAsync("old| Ann renamed it to new", "old| welcome Ann");
        await ann.MustPostAsync("old", "1");
        await ann.MustSeeAsync("old| Ann: 1");
        await ann.MustPostAsync("new", "2");
        await ann.MustSeeAsync("new| Ann: 2");
        Assert.Equal(["new (1)", "old (1)"], await RoomsAsync());
    }

    [Fact]
    public async Task A_name_that_a_room_has_is_refused_also_its_own()
    {
        var ann = await SignInAsync("Ann", "old", "new");

        Assert.Equal(Verdict.RoomExists, await ann.RenameRoomAsync("old", "NEW"));
        Assert.Equal(Verdict.RoomExists, await ann.RenameRoomAsync("old", "old"));
        Assert.Equal(Verdict.NoSuchRoom, await ann.RenameRoomAsync("nowhere", "other"));

        Assert.Equal(["new (1)", "old (1)"], await RoomsAsync());
        Assert.Equal(Verdict.Accepted, await ann.PostAsync("old", "still there"));
    }

    [Fact]
    public async Task A_room_may_be_spelled_anew()
    {
        var ann = await SignInAsync("Ann", "rust");

        Assert.Equal(Verdict.Accepted, await ann.RenameRoomAsync("rust", "Rust"));
        await ann.MustPostAsync("rUST", "hi");

        await ann.MustSeeAsync("rust| Ann renamed it to Rust", "Rust| Ann: hi");
        Assert.Equal(["Rust (1)"], await RoomsAsync());
    }

    [Fact]
    public async Task Only_operators_rename_a_room()
    {
        await SignInAsync("Ann", "old");
        var bob = await SignInAsync("Bob", "old");
        var cyd = await SignInAsync("Cyd");

        Assert.Equal(Verdict.NotOperator, await bob.RenameRoomAsync("old", "new"));
        Assert.Equal(Verdict.NotInRoom, await cyd.RenameRoomAsync("old", "new"));

        Assert.Equal(["old (2)"], await RoomsAsync());
        Assert.Equal(Verdict.Accepted, await cyd.JoinAsync("new"));
    }

    [Fact]
    public async Task A_room_under_its_new_name_is_gone_with_its_last_member()
    {
        var ann = await SignInAsync("Ann", "old");
        await ann.RenameRoomAsync("old", "new");

        await ann.LeaveAsync("new");

        Assert.Empty(await RoomsAsync());
        Assert.Equal(Verdict.Accepted, await ann.JoinAsync("new"));
        Assert.Equal(Verdict.Accepted, await ann.JoinAsync("old"));
    }
}
