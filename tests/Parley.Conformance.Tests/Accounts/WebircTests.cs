using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>https://ircv3.net/specs/extensions/webirc</summary>
public sealed class WebircTests : ConformanceTest, IDisposable
{
    private const string Webirc = "https://ircv3.net/specs/extensions/webirc";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    private protected override async Task<IrcServer> StartAsync()
    {
        await File.WriteAllTextAsync(_file, "127.0.0.1 hunter2\n", TestContext.Current.CancellationToken);
        return await IrcServer.StartAsync(options => options.Webirc = _file);
    }

    [Theory]
    [InlineData("198.51.100.3")]
    [InlineData("2001:db8::17")]
    [InlineData("0::1:2")]
    [Quote(Webirc, "`ip` IPv4 or IPv6 address of the connecting user.")]
    public async Task A_gateway_says_for_whom_it_connects(string address)
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync($"WEBIRC hunter2 gateway user.example {address} :secure remote-port=21726", "NICK Ann", "USER ann 0 * :Ann");

        await client.ReadUntilAsync("001");
        var welcome = await client.AskAsync("JOIN #room");

        Assert.EndsWith(".ip", welcome.First(line => line.Command == "JOIN").Source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_from_one_address_are_shown_the_same_host_and_two_from_two_are_not()
    {
        async Task<string> HostAsync(string nick, string address)
        {
            var client = await Server.ConnectAsync();
            await client.SendAllAsync($"WEBIRC hunter2 gateway user.example {address}", $"NICK {nick}", "USER x 0 * :x");
            await client.ReadUntilAsync("001");
            return (await client.AskAsync("JOIN #room")).First(line => line.Command == "JOIN").Source.Split('@')[1];
        }

        var first = await HostAsync("Ann", "198.51.100.3");

        Assert.Equal(first, await HostAsync("Bob", "198.51.100.3"));
        Assert.NotEqual(first, await HostAsync("Cyd", "198.51.100.4"));
    }

    [Theory]
    [InlineData("WEBIRC wrong gateway user.example 198.51.100.3")]
    [InlineData("WEBIRC hunter2 gateway user.example nowhere")]
    [InlineData("WEBIRC hunter2 gateway :user example 198.51.100.3")]
    [InlineData("WEBIRC hunter2 gateway user.example")]
    [InlineData("WEBIRC hunter2")]
    [InlineData("WEBIRC wrong")]
    [InlineData("WEBIRC")]
    [Quote(Webirc, "If the `WEBIRC` command does not originate from a whitelisted IP address or uses an incorrect password, the gateway SHOULD close any connections with an `ERROR` command.")]
    public async Task Who_may_not_is_told_and_closed(string line)
    {
        var client = await Server.ConnectAsync();

        await client.SendAsync(line);

        Assert.Equal("ERROR", Assert.Single(await client.ReadToEndAsync()).Command);
    }

    [Theory]
    [InlineData("CAP LS 302")]
    [InlineData("NICK Ann")]
    [Quote(Webirc, "The `WEBIRC` command MUST be the first command sent from the WebIRC gateway to the IRC server and MUST be sent before capability negotiation.")]
    public async Task It_comes_first_or_not_at_all(string before)
    {
        var client = await Server.ConnectAsync();

        await client.SendAllAsync(before, "WEBIRC hunter2 gateway user.example 198.51.100.3");

        Assert.Equal("ERROR", (await client.ReadToEndAsync())[^1].Command);
    }

    [Fact]
    public async Task Without_gateways_nobody_is_one()
    {
        await using var other = await IrcServer.StartAsync();
        var client = await other.ConnectAsync();

        await client.SendAsync("WEBIRC hunter2 gateway user.example 198.51.100.3");

        Assert.Equal("ERROR", Assert.Single(await client.ReadToEndAsync()).Command);
    }
}
