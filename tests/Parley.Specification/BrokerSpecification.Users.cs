using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Queries;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Fact]
    public async Task Who_wore_a_name_is_remembered_the_last_one_first()
    {
        var first = await SignInAsync("Ann");
        await first.RenameAsync("Eve");
        var second = await SignInAsync("ANN");
        await second.SignOutAsync();

        Assert.Equal(["ANN", "Ann"], await PastAsync("ann"));
        Assert.Empty(await PastAsync("Eve"));
        Assert.Empty(await PastAsync("Bob"));
    }

    [Fact]
    public async Task A_name_that_is_respelled_was_not_given_up()
    {
        var ann = await SignInAsync("Ann");

        await ann.RenameAsync("ANN");

        Assert.Empty(await PastAsync("Ann"));
    }

    [Fact]
    public async Task Of_those_who_have_left_only_so_many_are_remembered()
    {
        var early = await SignInAsync("Early");
        await early.SignOutAsync();
        for (var i = 0; i < 2000; i++)
        {
            var other = await SignInAsync("Other");
            await other.SignOutAsync();
        }

        Assert.Empty(await PastAsync("Early"));
        Assert.InRange((await PastAsync("Other")).Length, 100, 1999);
    }

    [Fact]
    public async Task Users_are_counted_as_they_come_change_and_go()
    {
        var ann = await LogInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        await LogInAsync("Ann");
        var hidden = new UserProfile { IsInvisible = true, Rights = ServerRights.All, Login = TestSession.Login("Ann") };
        await ann.UpdateAsync(hidden);
        await ann.UpdateAsync(hidden with { Away = "out" });

        Assert.Equal(new UserCounts(Users: 2, Invisible: 1, Operators: 1, MaxUsers: 2, Rooms: 1), await Broker.LookAsync(SessionId.Server, new CountUsers(), Token));

        await bob.SignOutAsync();
        await ann.SignOutAsync();
        Assert.Equal(new UserCounts(Users: 1, Invisible: 1, Operators: 0, MaxUsers: 2, Rooms: 0), await Broker.LookAsync(SessionId.Server, new CountUsers(), Token));
    }

    private async Task<string[]> PastAsync(string name)
    {
        Assert.True(UserName.TryParse(name, out var parsed));
        return [.. (await Broker.LookAsync(SessionId.Anybody, new FindPastUsers(parsed), Token)).Select(past => past.Actor.Name.Value)];
    }
}
