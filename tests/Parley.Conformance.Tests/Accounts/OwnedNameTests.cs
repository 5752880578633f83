using Parley.Conformance.Tests.Support;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>The name of an account, which its owner alone wears, on every protocol.</summary>
public sealed class OwnedNameTests : AccountTest
{
    private const string ByIrc =
        "Ann belongs to an account: log in by SASL, or come under another name and /msg NickServ IDENTIFY Ann PASSWORD, or choose another name";

    [Fact]
    public async Task A_guest_on_IRC_is_told_whose_the_name_is_and_how_to_log_in()
    {
        var guest = await Server.ConnectAsync();
        await guest.SendAllAsync("NICK Ann", "USER x 0 * :x");

        Assert.Equal([$":parley 433 * Ann :{ByIrc}"], (await guest.SyncAsync()).Bodies());
        await guest.SendAsync("NICK Bob");
        guest.Nick = "Bob";
        await guest.ReadUntilAsync("422");
        Assert.Equal([$":parley 433 Bob aNN :{ByIrc.Replace("Ann", "aNN", StringComparison.Ordinal)}"], (await guest.AskAsync("NICK aNN")).Bodies());
    }

    [Theory]
    [InlineData("NickServ")]
    [InlineData("N\u0131ckServ")]
    [InlineData("Ch\u0251nServ")]
    public async Task Nobody_wears_the_name_of_a_service_or_one_that_looks_like_it(string name)
    {
        var guest = await Server.RegisterAsync("Guest");

        Assert.Equal([$":parley 433 Guest {name} :{name} is the server's own: choose another name"], (await guest.AskAsync($"NICK {name}")).Bodies());
    }

    [Fact]
    public async Task A_guest_on_lines_is_told_whose_the_name_is_and_keeps_its_own()
    {
        var lena = await Server.EnterLinesAsync("Lena");

        await lena.SendLinesAsync("/name ann", "/users");

        await lena.ExpectAsync("ann belongs to an account: log in with /login ann, or choose another name", "Users - Lena");
    }

    [Fact]
    public async Task A_guest_on_addressed_is_told_whose_the_name_is()
    {
        await using var client = await ScriptedClient.ConnectAsync(Server.AddressOf("addressed"));

        await client.SendLineAsync("Ann");

        await client.ExpectAsync(
            "error: Ann belongs to an account: connect again with /login Ann as the first line and the password as the second, or choose another name");
        await client.ExpectClosedAsync();
    }

    [Theory]
    [InlineData("Pau1", "Paul")]
    [InlineData("PauI", "Paul")]
    [InlineData("rnax", "max")]
    [InlineData("B0B", "Bob")]
    public async Task A_name_that_looks_like_an_accounts_is_refused_with_the_reason(string wanted, string account)
    {
        await Server.MakeAccountAsync(account, Password);
        var (lena, guest) = (await Server.EnterLinesAsync("Lena"), await Server.RegisterAsync("Guest"));

        await lena.SendLineAsync($"/name {wanted}");

        await lena.ExpectAsync($"{wanted} looks like {account}, which belongs to an account: choose another name");
        Assert.Equal(
            [$":parley 433 Guest {wanted} :{wanted} looks like {account}, which belongs to an account: choose another name"],
            (await guest.AskAsync($"NICK {wanted}")).Bodies());
        Assert.Equal(["REGISTER", "ACCOUNT_EXISTS", wanted], (await guest.AskAsync($"REGISTER {wanted} * :battery staple"))[0].Parameters.Take(3));
    }

    [Fact]
    public async Task A_name_that_looks_like_one_that_is_worn_is_refused_until_that_is_given_up()
    {
        var (paul, guest) = (await Server.RegisterAsync("paul"), await Server.RegisterAsync("Guest"));

        Assert.Equal([":parley 433 Guest pauI :pauI looks like the name of somebody who is here: choose another name"], (await guest.AskAsync("NICK pauI")).Bodies());
        Assert.Equal([":paul!~paul@localhost NICK PAUL"], (await paul.AskAsync("NICK PAUL")).Bodies());
        await paul.AskAsync("NICK Peter");

        Assert.Equal([":Guest!~guest@localhost NICK pauI"], (await guest.AskAsync("NICK pauI")).Bodies());
        Assert.Equal([":pauI!~guest@localhost NICK Guest"], (await guest.AskAsync("NICK Guest")).Bodies());
        Assert.Equal([":Peter!~paul@localhost NICK paul"], (await paul.AskAsync("NICK paul")).Bodies());
    }

    [Fact]
    public async Task An_owner_takes_the_name_back_from_a_guest_who_wore_it_before_it_was_an_accounts()
    {
        var guest = await Server.RegisterAsync("Zoe");
        await Server.MakeAccountAsync("Zoe", Password);
        var zoe = await Server.RegisterAsync("Zoe-home");

        var answer = (await zoe.AskAsync($"PRIVMSG NickServ :IDENTIFY Zoe {Password.Replace(' ', '_')}")).Bodies();
        Assert.Equal([":NickServ!NickServ@parley NOTICE Zoe-home :The name or the password is wrong"], answer);
        await zoe.SendAsync($"AUTHENTICATE PLAIN");
        await zoe.ExpectAsync("AUTHENTICATE");
        await zoe.SendAsync($"AUTHENTICATE {Plain("Zoe", Password)}");
        await zoe.ReadUntilAsync("903");

        Assert.Equal([":Zoe-home!~zoe-home@localhost NICK Zoe"], (await zoe.AskAsync("NICK Zoe")).Bodies());
        Assert.Matches("^:Zoe!~zoe@localhost NICK Guest[0-9]{9}$", Assert.Single(await guest.SyncAsync()).Body);
    }

    [Fact]
    public async Task Nobody_makes_an_account_of_a_name_that_somebody_else_wears()
    {
        await Server.RegisterAsync("Zoe");
        var thief = await Server.RegisterAsync("Thief");

        Assert.Equal(["REGISTER", "BAD_ACCOUNT_NAME", "Zoe"], (await thief.AskAsync("REGISTER Zoe * :battery staple"))[0].Parameters.Take(3));
    }

    [Theory]
    [InlineData("NickServ")]
    [InlineData("chanserv")]
    [InlineData("parley")]
    [InlineData("Parley")]
    [InlineData("par1ey")]
    public async Task A_services_name_and_the_servers_are_nobodys(string name)
    {
        var (lena, guest) = (await Server.EnterLinesAsync("Lena"), await Server.RegisterAsync("Guest"));

        await lena.SendLineAsync($"/name {name}");

        await lena.ExpectAsync($"{name} is the server's own: choose another name");
        Assert.Equal("433", (await guest.AskAsync($"NICK {name}"))[0].Command);
        Assert.Equal("ACCOUNT_EXISTS", (await guest.AskAsync($"REGISTER {name} * :battery staple"))[0].Parameters[1]);
    }
}
