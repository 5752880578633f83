using System.Net.WebSockets;
using System.Text;
using Parley.Conformance.Tests.Support;
using Parley.Server.Options;
using Parley.TestKit;

namespace Parley.Conformance.Tests;

/// <summary>Who comes over WebSocket has the limits of whoever comes over TCP.</summary>
public sealed class WebSocketLimitTests : ConformanceTest
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected override Task<IrcServer> StartAsync() => IrcServer.StartAsync(options =>
    {
        options.Http = ListenAddress.Loopback(0);
        (options.ExemptLoopback, options.MaxConnectionsPerAddress) = (false, 2);
        (options.CommandBurst, options.CommandRate) = (3, 2);
        options.HttpProxyFrom = NetworkList.TryParse("127.0.0.0/8", out var proxies) ? proxies : NetworkList.None;
    });

    [Fact]
    public async Task Connections_of_both_kinds_count_for_one_address()
    {
        await Server.ConnectAsync();
        using var second = await ConnectAsync();
        await SendAsync(second, "PING 1");
        Assert.Contains("PONG", await ReceiveAsync(second), StringComparison.Ordinal);

        using var third = await ConnectAsync();

        Assert.Contains("Too many connections from your address (at most 2)", await ReceiveAsync(third), StringComparison.Ordinal);
        Assert.Equal(WebSocketMessageType.Close, (await third.ReceiveAsync(new byte[1], Token).WithinSafetyAsync()).MessageType);
    }

    [Fact]
    public async Task A_connection_counts_for_the_address_that_a_known_proxy_names()
    {
        using var first = await ConnectAsync("203.0.113.1");
        using var second = await ConnectAsync("203.0.113.1");
        await SendAsync(second, "PING 1");
        Assert.Contains("PONG", await ReceiveAsync(second), StringComparison.Ordinal);
        using var other = await ConnectAsync("203.0.113.2");
        await SendAsync(other, "PING 1");
        Assert.Contains("PONG", await ReceiveAsync(other), StringComparison.Ordinal);

        // What the client itself claims stands further to the left.
        using var third = await ConnectAsync("203.0.113.9, 203.0.113.1");

        Assert.Contains("Too many connections from your address", await ReceiveAsync(third), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https", true)]
    [InlineData("wss", true)]
    [InlineData("WSS", true)]
    [InlineData("http, wss", true)]
    [InlineData("ws", false)]
    [InlineData("http", false)]
    public async Task A_session_is_secure_if_a_known_proxy_says_so_in_the_scheme_of_either_protocol(string scheme, bool isSecure)
    {
        using var socket = await ConnectAsync("203.0.113.1", scheme);
        await SendAsync(socket, "NICK Ann");
        await SendAsync(socket, "USER ann 0 * :Ann");
        await SendAsync(socket, "WHOIS Ann");
        var seen = "";
        while (!seen.Contains(" 318 ", StringComparison.Ordinal))
        {
            seen += await ReceiveAsync(socket) + "\n";
            Server.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(isSecure, seen.Contains(" 671 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Commands_come_at_the_rate_of_all_others()
    {
        using var socket = await ConnectAsync();
        for (var number = 1; number <= 4; number++)
        {
            await SendAsync(socket, $"PING {number}");
        }

        for (var number = 1; number <= 3; number++)
        {
            Assert.EndsWith($":{number}", await ReceiveAsync(socket), StringComparison.Ordinal);
        }

        Assert.Contains("they wait their turn", await ReceiveAsync(socket), StringComparison.Ordinal);
        var delayed = ReceiveAsync(socket);
        await Server.Time.WhenTimerArmedAsync(TimeSpan.FromMilliseconds(500));
        Assert.False(delayed.IsCompleted);
        Server.Time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.EndsWith(":4", await delayed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_does_not_register_in_time_is_told()
    {
        using var socket = await ConnectAsync();
        await SendAsync(socket, "PING 1");
        await ReceiveAsync(socket);

        Server.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Contains("No NICK and USER came within 30 s", await ReceiveAsync(socket), StringComparison.Ordinal);
    }

    private static Task SendAsync(WebSocket socket, string line)
        => socket.SendAsync(Encoding.UTF8.GetBytes(line), WebSocketMessageType.Text, endOfMessage: true, Token);

    private static async Task<string> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[4096];
        var result = await socket.ReceiveAsync(buffer, Token).WithinSafetyAsync();
        return Encoding.UTF8.GetString(buffer, 0, result.Count);
    }

    private async Task<ClientWebSocket> ConnectAsync(string? forwardedFor = null, string? scheme = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("text.ircv3.net");
        if (forwardedFor is not null)
        {
            socket.Options.SetRequestHeader("X-Forwarded-For", forwardedFor);
        }

        if (scheme is not null)
        {
            socket.Options.SetRequestHeader("X-Forwarded-Proto", scheme);
        }

        await socket.ConnectAsync(new Uri($"ws://{Server.AddressOf("http")}/irc"), Token);
        return socket;
    }
}
