using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Fact]
    public async Task Whoever_is_banned_has_to_go_and_may_not_come_back()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");

        Assert.Equal(Verdict.Accepted, await ann.AskAsync(Ban("Bob", "enough")));

        await ann.MustSeeAsync("main| Bob joined", "main| Ann set +Ban=Bob!*@*", "main| Ann kicked Bob (Banned: enough)");
        Assert.Equal(Verdict.Banned, await bob.JoinAsync("main"));
        Assert.Equal(["Ann"], await MembersAsync("main"));
    }

    [Fact]
    public async Task A_guest_stays_banned_under_another_name_and_others_may_wear_the_name()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        await ann.AskAsync(Ban("Bob"));

        await bob.RenameAsync("Bert");
        Assert.Equal(Verdict.Banned, await bob.JoinAsync("main"));
        var other = await SignInAsync("Bob");
        Assert.Equal(Verdict.Accepted, await other.JoinAsync("main"));
    }

    [Fact]
    public async Task An_account_stays_banned_on_whatever_connection_and_another_of_its_name_is_not()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        await bob.UpdateAsync(LoggedIn(7));
        await ann.AskAsync(Ban("Bob"));

        var again = await SignInAsync("Bert");
        await again.UpdateAsync(LoggedIn(7));
        Assert.Equal(Verdict.Banned, await again.JoinAsync("main"));
        var successor = await SignInAsync("Bruno");
        await successor.UpdateAsync(LoggedIn(8));
        Assert.Equal(Verdict.Accepted, await successor.JoinAsync("main"));
    }

    [Fact]
    public async Task Whoever_is_muted_may_stay_and_come_and_not_speak()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(Ban("Bob", isMute: true)));

        Assert.Equal(Verdict.MaySayNothing, await bob.PostAsync("main", "but"));
        await bob.LeaveAsync("main");
        Assert.Equal(Verdict.Accepted, await bob.JoinAsync("main"));
        Assert.Equal(Verdict.MaySayNothing, await bob.PostAsync("main", "but"));
        await ann.MustSetAsync("main", RoomMode.Voice, "Bob");
        Assert.Equal(Verdict.Accepted, await bob.PostAsync("main", "thanks"));
    }

    [Fact]
    public async Task Whoever_was_muted_or_banned_as_a_guest_is_so_once_logged_in()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(Ban("Bob", isMute: true)));
        await bob.UpdateAsync(LoggedIn(7));

        Assert.Equal(Verdict.MaySayNothing, await bob.PostAsync("main", "but"));

        var cyd = await SignInAsync("Cyd", "main");
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(Ban("Cyd")));
        await cyd.UpdateAsync(LoggedIn(8));
        Assert.Equal(Verdict.Banned, await cyd.JoinAsync("main"));
    }

    [Fact]
    public async Task Nobody_bans_or_mutes_those_of_its_own_rank_and_nothing_has_changed()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        await SignInAsync("Cyd", "main");
        Assert.Equal(Verdict.NotOperator, await bob.AskAsync(Ban("Cyd")));
        await ann.MustSetAsync("main", RoomMode.HalfOperator, "Bob");
        await ann.MustSetAsync("main", RoomMode.HalfOperator, "Cyd");

        Assert.Equal(Verdict.NotOperator, await bob.AskAsync(Ban("Ann")));
        Assert.Equal(Verdict.NotOperator, await bob.AskAsync(Ban("Cyd", isMute: true)));
        Assert.Equal(Verdict.NotHere, await bob.AskAsync(Ban("Nobody")));
        Assert.Equal(Verdict.NotInRoom, await (await SignInAsync("Dan")).AskAsync(Ban("Cyd")));

        Assert.Equal(["Ann", "Bob", "Cyd"], await MembersAsync("main"));
        Assert.Empty((await ann.LookAsync(new Parley.Core.Queries.FindRoom(MainRoom)))!.Lists);
    }

    private static RoomName MainRoom => RoomName.TryParse("main", out var room) ? room : throw new InvalidOperationException();

    private static UserProfile LoggedIn(long account)
        => new() { Login = new ProvenAccount(new AccountId(account), UserName.TryParse("Bob", out var name) ? name : default, default) };

    private static BanFromRoom Ban(string user, string reason = "", bool isMute = false)
        => new(MainRoom, UserName.TryParse(user, out var name) ? name : default, Until: null, reason, isMute);
}
