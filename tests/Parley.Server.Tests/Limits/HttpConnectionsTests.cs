using System.Net.Sockets;
using System.Net.WebSockets;
using Parley.Server.Http;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Limits;

/// <summary>Connections over HTTP are counted before their first byte; whoever only holds them keeps nobody out.</summary>
public sealed class HttpConnectionsTests
{
    private const string Ask = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private const string AskHealth = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task For_one_more_than_an_address_may_have_its_longest_idle_one_makes_way(bool isOfAddress)
    {
        await using var server = await StartAsync(all: isOfAddress ? 0 : 2, perAddress: isOfAddress ? 2 : 100);
        using var first = await StatusLine.ConnectAsync(server.Server);
        Assert.Equal("200", await StatusLine.OfAsync(first, AskHealth));
        await StatusLine.ReadAsync(first, "0\r\n\r\n");
        using var second = await StatusLine.ConnectAsync(server.Server);
        Assert.Equal("200", await StatusLine.OfAsync(second, AskHealth));
        await StatusLine.ReadAsync(second, "0\r\n\r\n");

        using var third = await StatusLine.ConnectAsync(server.Server);

        Assert.Equal("200", await StatusLine.OfAsync(third, Ask));
        Assert.Equal("", await StatusLine.ReadAsync(first, "\n"));
        Assert.Equal("200", await StatusLine.OfAsync(second, Ask));
    }

    [Fact]
    public async Task A_hundred_that_say_nothing_keep_nobody_from_the_page()
    {
        await using var server = await StartAsync(all: 0, perAddress: 8);
        var idle = new List<TcpClient>();
        for (var i = 0; i < 100; i++)
        {
            idle.Add(await StatusLine.ConnectAsync(server.Server));
        }

        Assert.Equal("200", await StatusLine.OfAsync(server.Server, Ask));
        Assert.Equal("200", await StatusLine.OfAsync(server.Server, AskHealth));
        idle.ForEach(client => client.Dispose());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_all_are_busy_one_more_is_told_so_and_the_servers_health_all_the_same(bool isOfAddress)
    {
        await using var server = await StartAsync(all: isOfAddress ? 0 : 1, perAddress: isOfAddress ? 1 : 100);
        using var busy = await BeginPostAsync(server);

        using var refused = await StatusLine.ConnectAsync(server.Server);
        Assert.Equal("503", await StatusLine.OfAsync(refused, Ask));
        Assert.Contains(
            isOfAddress ? "Too many HTTP connections from your address (at most 1), close one first" : "The server is full (1 HTTP connection), try again later",
            await StatusLine.ReadAsync(refused, "}"),
            StringComparison.Ordinal);
        Assert.Equal("200", await StatusLine.OfAsync(server.Server, AskHealth));
        Assert.Contains(server.Server.Log.Entries, entry => entry.Id == 203);
    }

    [Fact]
    public async Task Whoever_was_let_in_to_be_told_and_asks_nothing_is_cut_off()
    {
        await using var server = await StartAsync(all: 1, perAddress: 100);
        using var busy = await BeginPostAsync(server);
        using var refused = await StatusLine.ConnectAsync(server.Server);

        await server.Server.Time.WhenTimerArmedAsync(HttpGate.MaxRefusal);
        server.Server.Time.Advance(HttpGate.MaxRefusal);

        Assert.Equal("", await StatusLine.ReadAsync(refused, "\n"));
    }

    [Fact]
    public async Task Whoever_is_gone_before_the_answer_is_no_failure_of_the_server()
    {
        await using var server = await StartAsync(all: 0, perAddress: 32);
        for (var i = 0; i < 20; i++)
        {
            using var client = await StatusLine.ConnectAsync(server.Server);
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Ask, 200))), TestContext.Current.CancellationToken);
        }

        Assert.Equal("200", await StatusLine.OfAsync(server.Server, Ask));
        await server.Server.StopAsync();
        Assert.DoesNotContain(server.Server.Log.Entries, entry => entry.Exception is not null && entry.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
    }

    [Fact]
    public async Task A_WebSocket_takes_no_place_of_HTTPs()
    {
        await using var server = await StartAsync(all: 1, perAddress: 100);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{server.Server.AddressOf("http")}/irc"), TestContext.Current.CancellationToken);
        await socket.SendAsync("PING 1"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        await socket.ReceiveAsync(new byte[100], TestContext.Current.CancellationToken);

        Assert.Equal("200", await StatusLine.OfAsync(server.Server, Ask));
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    /// <summary>A request that is under way: it has said that a body follows, and is asked for it.</summary>
    private static async Task<TcpClient> BeginPostAsync(TokenServer server)
    {
        var token = await server.CreateAsync();
        var client = await StatusLine.ConnectAsync(server.Server);
        Assert.Equal("100", await StatusLine.OfAsync(
            client,
            $"POST /rooms/main/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"));
        return client;
    }

    private static Task<TokenServer> StartAsync(int all, int perAddress)
    {
        var options = RealServer.FreePorts();
        (options.MaxHttpConnections, options.MaxHttpConnectionsPerAddress, options.ExemptLoopback) = (all, perAddress, false);
        return TokenServer.StartAsync(options);
    }
}
