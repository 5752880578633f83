using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Broker;

public sealed class LimitTests
{
    [Fact]
    public async Task A_session_follows_as_many_rooms_as_the_options_say()
    {
        var test = new TestBroker(options: new BrokerOptions { MaxRoomsPerSession = 2 });
        var ann = await test.SignInAsync("Ann", "one", "two");
        var bob = await test.SignInAsync("Bob");

        Assert.Equal(Verdict.TooManyRooms, await ann.JoinAsync("three"));
        Assert.Equal(Verdict.AlreadyInRoom, await ann.JoinAsync("two"));
        Assert.Equal(Verdict.Accepted, await bob.JoinAsync("three"));

        Assert.Equal(["one (1)", "three (1)", "two (1)"], await test.RoomsAsync());
    }

    [Fact]
    public async Task The_sessions_of_an_account_are_in_as_many_rooms_together_as_the_options_say()
    {
        var test = new TestBroker(options: new BrokerOptions { MaxRoomsPerSession = 2 });
        var (desk, phone) = (test.NewSession(), test.NewSession());
        await desk.LogInAsync("Ann");
        await phone.LogInAsync("Ann");
        await desk.MustJoinAsync("one");
        await desk.MustJoinAsync("two");

        Assert.Equal(Verdict.TooManyRooms, await phone.JoinAsync("three"));
        Assert.Equal(Verdict.Accepted, await phone.JoinAsync("two"));
        Assert.Equal(Verdict.TooManyRooms, await phone.MoveAsync("two", "three"));
        await desk.LeaveAsync("one");
        Assert.Equal(Verdict.Accepted, await phone.MoveAsync("two", "three"));

        Assert.Equal(["three (1)", "two (1)"], await test.RoomsAsync());
    }

    [Fact]
    public async Task An_account_has_as_many_sessions_as_the_options_say_however_they_come()
    {
        var test = new TestBroker(options: new BrokerOptions { MaxSessionsPerAccount = 2 });
        var (desk, phone, third) = (test.NewSession(), test.NewSession(), test.NewSession());
        await desk.LogInAsync("Ann");
        await phone.LogInAsync("Ann");
        var guest = await test.SignInAsync("Guest", "main");

        Assert.Equal(Verdict.TooManySessions, await third.LogInAsync("Ann"));
        Assert.Equal(Verdict.TooManySessions, await guest.UpdateAsync(new UserProfile { Login = TestSession.Login("Ann") }));
        Assert.Equal(("Guest", 1), (guest.Session.User!.Name.Value, guest.Session.Rooms.Count()));
        Assert.Null(third.Session.User);

        await phone.SignOutAsync();
        Assert.Equal(Verdict.Accepted, await third.LogInAsync("Ann"));
    }
}
