using Parley.Conformance.Tests.Support;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>A server with <c>--require-account</c>.</summary>
public sealed class RequiredAccountTests : AccountTest
{
    [Fact]
    [Quote(Registration, "If present, it indicates that the connection to the server cannot be completed unless the clients authenticates, typically via SASL.", "2026-04-13")]
    public async Task A_client_is_told_that_before_it_registers_and_others_are_not()
    {
        var client = await NegotiateAsync("draft/extended-isupport batch");

        var told = await client.AskAsync("ISUPPORT");

        Assert.Contains(told, line => line.Command == "005" && line.Parameters.Contains("draft/ACCOUNTREQUIRED"));
        await using var open = await IrcServer.StartAsync();
        var free = await open.ConnectAsync();
        await free.SendAllAsync("CAP LS 302", "CAP REQ :draft/extended-isupport batch");
        await free.SyncAsync();
        var others = await free.AskAsync("ISUPPORT");
        Assert.Contains(others, line => line.Command == "005");
        Assert.DoesNotContain(others, line => line.Parameters.Contains("draft/ACCOUNTREQUIRED"));
    }

    [Fact]
    [Quote(Registration, "which will be indicated instead by `FAIL * ACCOUNT_REQUIRED`", "2026-04-13")]
    public async Task Nobody_comes_in_on_IRC_without_an_account()
    {
        var guest = await Server.ConnectAsync();
        await guest.SendAllAsync("NICK Bob", "USER x 0 * :x");

        Assert.Equal(
            [
                ":parley FAIL * ACCOUNT_REQUIRED :This server is for people with an account: log in by SASL",
                ":parley ERROR :Closing link: this server is for people with an account, log in by SASL",
            ],
            (await guest.ReadToEndAsync()).Bodies());
        var ann = await NegotiateAsync();
        await ann.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}", "NICK Ann", "USER x 0 * :x", "CAP END");
        Assert.Contains(await ann.ReadUntilAsync("422"), line => line.Command == "005" && line.Parameters.Contains("draft/ACCOUNTREQUIRED"));
    }

    [Fact]
    public async Task Nobody_comes_in_on_lines_without_an_account()
    {
        await using var client = await ScriptedClient.ConnectAsync(Server.AddressOf("lines"));
        await client.ReadUntilAsync("This server is for people with an account: log in with /login {name}");

        await client.SendLinesAsync("hello", "/users", "/join main", "/msg Ann hi", "/name Bob", "/login Ann", "wrong password", "/login Ann", Password, "/users");

        await client.ExpectAsync([.. Enumerable.Repeat("Log in first with /login {name}", 5)]);
        await client.ReadUntilAsync("The name or the password is wrong");
        await client.ReadUntilAsync("You are logged in as Ann");
        await client.ExpectAsync("You are Ann", "You joined main", "Users - Ann", "Logged in - Ann");
    }

    [Fact]
    public async Task Nobody_comes_in_on_addressed_without_an_account()
    {
        await using var guest = await ScriptedClient.ConnectAsync(Server.AddressOf("addressed"));
        await guest.SendLineAsync("Bob");
        await guest.ExpectAsync(
            "error: This server is for people with an account, connect again with /login {name} as the first line and the password as the second");
        await guest.ExpectClosedAsync();

        await using var ann = await ScriptedClient.ConnectAsync(Server.AddressOf("addressed"));
        await ann.SendLinesAsync("/login Ann", Password, "Ann: hello");
        await ann.ReadUntilAsync("from Ann: hello");
    }

    private protected override async Task<IrcServer> StartAsync()
    {
        await MakeAnnAsync(DateTimeOffset.UnixEpoch);
        return await IrcServer.StartAsync(options => options.RequireAccount = true, accounts: Store);
    }
}
