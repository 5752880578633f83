using Parley.Core.Intentions;
using Parley.Core.Tests.Fixtures;

namespace Parley.Core.Tests.Rooms;

/// <summary>A join that meets a room taking another name lands in the room that has the wanted name, once.</summary>
public sealed class RenameAgainstJoinTests
{
    private readonly TestBroker _test = new();

    [Fact]
    public async Task A_join_that_has_found_a_room_which_then_takes_another_name_lands_in_a_new_one()
    {
        using var hold = new Hold();
        var (ann, bob, posting) = await HoldBobAtTheDoorAsync(hold);

        var joining = BackgroundWork.Run(() => bob.JoinAsync("old")).WaitUntilBlocked();
        Assert.Equal(Verdict.Accepted, await ann.RenameRoomAsync("old", "new"));
        hold.Release();

        posting.Result();
        Assert.Equal(Verdict.Accepted, joining.Result());
        Assert.Equal(["main (2)", "new (1)", "old (1)"], await _test.RoomsAsync());
        await bob.MustSeeAsync("main| Cyd: wait", "old| welcome Bob");
    }

    [Fact]
    public async Task A_join_of_the_new_name_lands_in_the_room_that_has_taken_it()
    {
        using var hold = new Hold();
        var ann = await TestBroker.SignInAsync("Ann", _test.NewSession(new HoldingFlavor(hold, entry => entry is Core.Events.RoomRenamed)), "old");
        var bob = await _test.SignInAsync("Bob");

        var renaming = BackgroundWork.Run(() => ann.RenameRoomAsync("old", "new"));
        hold.WaitUntilReached();
        var joining = BackgroundWork.Run(() => bob.JoinAsync("new")).WaitUntilBlocked();
        hold.Release();

        Assert.Equal(Verdict.Accepted, renaming.Result());
        Assert.Equal(Verdict.Accepted, joining.Result());
        Assert.Equal(["new (2)"], await _test.RoomsAsync());
        await ann.MustSeeAsync("old| Ann renamed it to new", "new| Bob joined");
    }

    [Fact]
    public async Task A_member_that_joins_the_name_its_room_is_taking_is_in_each_room_once()
    {
        for (var round = 0; round < 200; round++)
        {
            var ann = await _test.SignInAsync($"Ann{round}", "old");
            var bob = await _test.SignInAsync($"Bob{round}", "old");

            var renaming = Task.Run(() => ann.RenameRoomAsync("old", "new").AsTask());
            var joining = Task.Run(() => bob.JoinAsync("new").AsTask());
            var renamed = await renaming == Verdict.Accepted;

            Assert.Equal(renamed ? Verdict.AlreadyInRoom : Verdict.Accepted, await joining);
            string[] expected = renamed ? ["new"] : ["old", "new"];
            Assert.Equal(expected, bob.Session.Rooms.Select(room => room.Value));
            await ann.SignOutAsync();
            await bob.SignOutAsync();
        }
    }

    [Fact]
    public async Task Of_a_rename_and_a_join_that_want_the_same_new_name_at_once_each_gets_a_room_of_its_own_or_the_same()
    {
        for (var round = 0; round < 200; round++)
        {
            var ann = await _test.SignInAsync($"Ann{round}", "old");
            var bob = await _test.SignInAsync($"Bob{round}");

            var renaming = Task.Run(() => ann.RenameRoomAsync("old", "new").AsTask());
            var joining = Task.Run(() => bob.JoinAsync("new").AsTask());
            var verdict = await renaming;
            Assert.Equal(Verdict.Accepted, await joining);

            string[] expected = verdict == Verdict.Accepted ? ["new (2)"] : ["new (1)", "old (1)"];
            Assert.Equal(expected, await _test.RoomsAsync());
            await ann.SignOutAsync();
            await bob.SignOutAsync();
            Assert.Empty(await _test.RoomsAsync());
        }
    }

    [Fact]
    public async Task A_rename_to_the_name_of_a_room_that_has_just_closed_is_no_rename_to_one_that_exists()
    {
        for (var round = 0; round < 200; round++)
        {
            var ann = await _test.SignInAsync($"Ann{round}", "old");
            var bob = await _test.SignInAsync($"Bob{round}", "new");

            var leaving = Task.Run(() => bob.LeaveAsync("new").AsTask());
            var renaming = Task.Run(() => ann.RenameRoomAsync("old", "new").AsTask());
            await leaving;
            var name = await renaming == Verdict.Accepted ? "new" : "old";

            Assert.Equal([$"{name} (1)"], await _test.RoomsAsync());
            await ann.SignOutAsync();
            await bob.SignOutAsync();
        }
    }

    /// <summary>While Cyd's message holds the gate of main, Bob finds a room and stands before it: on the way in, it is given what main has said.</summary>
    private async Task<(Specification.TestSession Ann, Specification.TestSession Bob, Background<Verdict> Posting)> HoldBobAtTheDoorAsync(Hold hold)
    {
        var ann = await _test.SignInAsync("Ann", "old");
        var cyd = await _test.SignInAsync("Cyd", "main");
        var bob = await TestBroker.SignInAsync("Bob", _test.NewSession(HoldingFlavor.At(hold, "wait")), "main");
        var posting = BackgroundWork.Run(() => cyd.PostAsync("main", "wait"));
        hold.WaitUntilReached();
        return (ann, bob, posting);
    }
}
