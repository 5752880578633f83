using Parley.Server.Accounts.Outside;
using Parley.Server.Options;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>Accounts that are made for whoever brings a token (<c>--outside-accounts create</c>).</summary>
public sealed class BearerAccountTests : BearerTest
{
    private protected override OutsideAccountPolicy Policy => OutsideAccountPolicy.Create;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_is_made_at_the_first_log_in_and_is_the_same_at_the_next()
    {
        Assert.Equal(("900", "Bob"), await TryAsync(await NegotiateAsync(), "OAUTHBEARER", OAuth(Provider.Token("Bob"))));
        var made = await Store.FindByOutsideAsync(Identity(Provider, "Bob"), Token);

        Assert.Equal(("900", "Bob"), await TryAsync(await NegotiateAsync(), "IRCV3BEARER", Bearer(Provider.Token("Bob", claims => claims["preferred_username"] = "Robert"))));

        Assert.Equal(made, await Store.FindByOutsideAsync(Identity(Provider, "Bob"), Token));
        Assert.Equal(["Ann", "Bob"], (await Store.ListAsync(Token)).Select(account => account.Name.Value));
        Assert.Equal(("904", "SASL authentication failed: The name or the password is wrong"), await TryAsync(await NegotiateAsync(), "PLAIN", "\0Bob\0correct horse"));
    }

    [Theory]
    [InlineData("Ann", "Somebody has the account Ann: choose another name")]
    [InlineData("NickServ", "NickServ is the server's own: choose another name")]
    [InlineData("Amn", "")]
    [InlineData("ann@example.org", "The token has no name in preferred_username that an account could have: ask the operator of this server to bind one to you")]
    public async Task A_name_that_is_somebody_elses_or_none_makes_no_account(string name, string refusal)
    {
        var answer = await TryAsync(await NegotiateAsync(), "OAUTHBEARER", OAuth(Provider.Token("mallory", claims => claims["preferred_username"] = name)));

        Assert.Equal(refusal.Length == 0 ? ("900", name) : ("904", "SASL authentication failed: " + refusal), answer);
        Assert.Equal(refusal.Length == 0 ? 2 : 1, (await Store.ListAsync(Token)).Count);
    }

    [Fact]
    public async Task A_removed_account_comes_back_as_another_to_whom_nothing_of_the_old_one_belongs()
    {
        var old = (await Store.FindAsync(Ann, Token))!.Account;
        Assert.True(await Store.DeleteAsync(Ann, Token));

        Assert.Equal(("900", "Ann"), await TryAsync(await NegotiateAsync(), "OAUTHBEARER", OAuth(Provider.Token())));

        Assert.NotEqual(old.Id, (await Store.FindAsync(Ann, Token))!.Account.Id);
    }

    [Fact]
    public async Task Two_connections_that_come_first_at_the_same_time_have_one_account()
    {
        var clients = new[] { await NegotiateAsync(), await NegotiateAsync(), await NegotiateAsync() };
        foreach (var client in clients)
        {
            await client.SendAsync("AUTHENTICATE OAUTHBEARER");
            await client.ExpectAsync("AUTHENTICATE");
        }

        await Task.WhenAll(clients.Select(client => SendAsync(client, OAuth(Provider.Token("Bob")))));

        foreach (var client in clients)
        {
            Assert.Equal("Bob", (await client.ExpectAsync("900")).Parameters[2]);
        }

        Assert.Equal(2, (await Store.ListAsync(Token)).Count);
    }
}
