using Parley.Conformance.Tests.Accounts;
using Parley.Conformance.Tests.Support;
using Parley.Server.Accounts;
using Parley.Server.Options;

namespace Parley.Conformance.Tests.Users;

/// <summary>https://ircv3.net/specs/extensions/extended-monitor; Ann has an account.</summary>
public sealed class ExtendedMonitorTests : AccountTest
{
    // Ann is a guest in most of them.
    private protected override NamePolicy Names => NamePolicy.Open;

    private const string Extended = "https://ircv3.net/specs/extensions/extended-monitor";

    [Fact]
    [Quote(Extended, "If `away-notify` is also enabled, the client will get AWAY notifications for monitored nicks.")]
    public async Task Absences_are_told()
    {
        var (ann, bob) = (await Server.RegisterAsync("Ann"), await WatchAsync("extended-monitor away-notify"));

        await ann.AskAsync("AWAY :x");
        await ann.AskAsync("AWAY");

        Assert.Equal([":Ann!~ann@localhost AWAY :x", ":Ann!~ann@localhost AWAY"], (await bob.SyncAsync()).Bodies());
    }

    [Fact]
    [Quote(Extended, "If `setname` is also enabled, the client will get SETNAME notifications for monitored nicks.")]
    public async Task Real_names_are_told()
    {
        var (ann, bob) = (await Server.RegisterAsync("Ann"), await WatchAsync("extended-monitor setname"));

        await ann.AskAsync("SETNAME :Another Ann");

        Assert.Equal([":Ann!~ann@localhost SETNAME :Another Ann"], (await bob.SyncAsync()).Bodies());
    }

    [Fact]
    [Quote(Extended, "If `account-notify` is also enabled, the client will get ACCOUNT notifications for monitored nicks.")]
    public async Task Accounts_are_told()
    {
        var (ann, bob) = (await Server.RegisterAsync("Ann", "sasl"), await WatchAsync("extended-monitor account-notify"));

        await ann.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("ann", Password)}");
        await ann.ReadUntilAsync("903");

        Assert.Equal([":Ann!~ann@localhost ACCOUNT Ann"], (await bob.SyncAsync()).Bodies());
    }

    [Theory]
    [InlineData("away-notify")]
    [InlineData("extended-monitor")]
    [InlineData("extended-monitor setname")]
    public async Task What_was_not_asked_for_is_not_told(string capabilities)
    {
        var (ann, bob) = (await Server.RegisterAsync("Ann"), await WatchAsync(capabilities));

        await ann.AskAsync("AWAY :x");

        await bob.ExpectNothingAsync();
    }

    [Fact]
    public async Task Whoever_shares_a_room_as_well_is_told_once()
    {
        var (ann, bob) = (await Server.JoinAsync("Ann"), await WatchAsync("extended-monitor away-notify"));
        await bob.AskAsync("JOIN #room");

        await ann.AskAsync("AWAY :x");

        Assert.Single(await bob.SyncAsync());
    }

    private async Task<IrcClient> WatchAsync(string capabilities)
    {
        var bob = await Server.RegisterAsync("Bob", capabilities);
        await bob.AskAsync("MONITOR + Ann");
        return bob;
    }
}
