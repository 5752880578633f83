using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Queries;

/// <summary>Tokens that came up in 2025 and 2026: https://ircv3.net/specs/extensions/network-icon, https://github.com/ircv3/ircv3-specifications/pull/556</summary>
public sealed class TokensOf2026Tests : ConformanceTest
{
    private const string SafeRate = "https://github.com/ircv3/ircv3-specifications/pull/556";
    private const string SafeRateDate = "2024-10-26";
    private const string Icon = "https://ircv3.net/specs/extensions/network-icon";

    [Fact]
    [Quote(Icon, "Servers MAY implement extended-isupport to allow clients to fetch the network icon before connection registration.", "2025-11-03")]
    [Quote(Icon, "If a server publishes a `draft/ICON` ISUPPORT token, the value MUST be a URL to an image.", "2025-11-03")]
    public async Task The_networks_picture_is_where_the_setting_says()
    {
        await using var server = await IrcServer.StartAsync(options => options.NetworkIcon = "https://chat.example/icon.svg");
        var ann = await server.ConnectAsync();
        await ann.SendAllAsync("CAP LS 302", "CAP REQ draft/extended-isupport");
        await ann.SyncAsync();

        Assert.Contains(await ann.AskAsync("ISUPPORT"), line => line.Parameters.Contains("draft/ICON=https://chat.example/icon.svg"));
    }

    [Fact]
    public async Task Without_the_setting_there_is_no_picture()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.DoesNotContain(await ann.AskAsync("ISUPPORT"), line => line.Parameters.Any(token => token.StartsWith("draft/ICON", StringComparison.Ordinal)));
    }

    [Fact]
    [Quote(SafeRate, "When advertised, the server ensures that a client will not be disconnected due to server rate-limiting.", SafeRateDate)]
    [Quote(SafeRate, "The token MUST NOT be advertised with a value.", SafeRateDate)]
    public async Task Whoever_is_faster_than_the_rate_waits_and_is_not_disconnected_and_a_token_says_so()
    {
        await using var server = await IrcServer.StartAsync(options =>
        {
            options.ExemptLoopback = false;
            options.CommandBurst = 10;
        });
        var ann = await server.ConnectAsync();
        await ann.SendAllAsync("NICK Ann", "USER ann 0 * :Ann");
        Assert.Contains(await ann.ReadUntilAsync("422"), line => line.Parameters.Contains("SAFERATE"));

        // NICK and USER were two of the ten.
        await ann.SendAllAsync([.. Enumerable.Range(1, 12).Select(number => $"PING {number}")]);
        for (var i = 1; i <= 8; i++)
        {
            Assert.Equal($"{i}", (await ann.ExpectAsync("PONG")).Text);
        }

        await ann.ExpectAsync("NOTICE");
        for (var i = 9; i <= 12; i++)
        {
            await server.Time.WhenTimerArmedAsync(TimeSpan.FromSeconds(0.2));
            server.Time.Advance(TimeSpan.FromSeconds(0.2));
            Assert.Equal($"{i}", (await ann.ExpectAsync("PONG")).Text);
        }
    }
}
