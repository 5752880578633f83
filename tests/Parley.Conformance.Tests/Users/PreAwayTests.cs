using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Users;

/// <summary>https://ircv3.net/specs/extensions/pre-away</summary>
public sealed class PreAwayTests : ConformanceTest
{
    private const string PreAway = "https://ircv3.net/specs/extensions/pre-away";

    [Theory]
    [InlineData("AWAY *", "*")]
    [InlineData("AWAY :Gone to lunch.  Back in 5", "Gone to lunch.  Back in 5")]
    [Quote(PreAway, "If the capability has been negotiated, servers MUST accept the `AWAY` command before connection registration has completed.")]
    [Quote(PreAway, "the `AWAY` command MAY be used pre-registration to set a human-readable away message associated with the connection as usual.")]
    public async Task Whoever_comes_away_is_away_from_the_beginning(string line, string reason)
    {
        var bob = await Server.RegisterAsync("Bob");
        var ann = await ComeAsync(line);

        Assert.Contains("001", (await ann.SyncAsync()).Commands());
        Assert.Equal([$":parley 301 Bob Ann :{reason}"], (await bob.AskAsync("PRIVMSG Ann :hi")).Bodies());
    }

    [Fact]
    [Quote(PreAway, "Similarly, `AWAY` with no parameters indicates that the user is present.")]
    public async Task It_can_be_taken_back()
    {
        var bob = await Server.RegisterAsync("Bob");
        var ann = await ComeAsync("AWAY *", "AWAY");

        await ann.SyncAsync();
        Assert.Empty(await bob.AskAsync("PRIVMSG Ann :hi"));
    }

    [Fact]
    public async Task It_is_acknowledged()
    {
        var client = await Server.ConnectAsync();
        await client.AskAsync("CAP REQ draft/pre-away");

        Assert.Equal([":parley 306 * :You have been marked as being away"], (await client.AskAsync("AWAY *")).Bodies());
        Assert.Equal([":parley 305 * :You are no longer marked as being away"], (await client.AskAsync("AWAY")).Bodies());
    }

    [Fact]
    [Quote(PreAway, "Clients wishing to make use of this specification MUST negotiate the capability")]
    public async Task Without_the_capability_it_is_too_early()
    {
        var client = await Server.ConnectAsync();

        Assert.Equal([":parley 451 * :You have not registered"], (await client.AskAsync("AWAY *")).Bodies());
    }

    [Fact]
    [Quote(PreAway, "does not inhibit reporting of the change in nickname status, e.g. via [monitor][monitor].")]
    public async Task Those_who_watch_the_nick_are_told_that_somebody_is_here()
    {
        var bob = await Server.RegisterAsync("Bob");
        await bob.AskAsync("MONITOR + Ann");

        var ann = await ComeAsync("AWAY *");
        await ann.SyncAsync();

        Assert.Equal([":parley 730 Bob :Ann!~ann@localhost"], (await bob.SyncAsync()).Bodies());
    }

    private async Task<IrcClient> ComeAsync(params string[] lines)
    {
        var ann = await Server.ConnectAsync();
        await ann.SendAllAsync("CAP LS 302", "CAP REQ draft/pre-away");
        await ann.SendAllAsync(lines);
        await ann.SendAllAsync("NICK Ann", "USER ann 0 * :Ann", "CAP END");
        return ann;
    }
}
