using System.Net.WebSockets;
using System.Text;
using Parley.Conformance.Tests.Support;
using Parley.Server.Options;
using Parley.TestKit;

namespace Parley.Conformance.Tests;

/// <summary>https://ircv3.net/specs/extensions/websocket</summary>
public sealed class WebSocketTests : ConformanceTest
{
    private const string Spec = "https://ircv3.net/specs/extensions/websocket";
    private const string TextProtocol = "text.ircv3.net";
    private const string BinaryProtocol = "binary.ircv3.net";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Uri Address => new($"ws://{Server.AddressOf("http")}/irc");

    private protected override Task<IrcServer> StartAsync() => IrcServer.StartAsync(options =>
    {
        options.Http = ListenAddress.Loopback(0);
        options.WebOrigins = "https://chat.example";
    });

    [Theory]
    [InlineData(TextProtocol, WebSocketMessageType.Text)]
    [InlineData(BinaryProtocol, WebSocketMessageType.Binary)]
    [Quote(Spec, "Servers implementing this specification MUST support both subprotocols in standard configurations.", "2026-02-13")]
    [Quote(Spec, "If `binary.ircv3.net` is negotiated, then client and server will exchange binary messages; if `text.ircv3.net` is negotiated, then they will exchange text messages.")]
    [Quote(Spec, "In all cases, the message format is the same: each message MUST consist of a single IRC line, except that servers and clients MUST NOT include trailing `\\r` or `\\n` characters in the message.")]
    public async Task Messages_are_lines_without_their_ending(string protocol, WebSocketMessageType kind)
    {
        var ann = await Server.JoinAsync("Ann");
        using var socket = await ConnectAsync(protocol);
        Assert.Equal(protocol, socket.SubProtocol);

        await SendAsync(socket, "NICK Webby", kind);
        await SendAsync(socket, "USER web 0 * :Web", kind);
        await SendAsync(socket, "JOIN #room", kind);
        await SendAsync(socket, "PRIVMSG #room :grüße", kind);

        await ann.ExpectAsync("JOIN");
        Assert.Equal("grüße", (await ann.ExpectAsync("PRIVMSG")).Text);
        await ann.SendAsync("PRIVMSG #room :hello");
        string line;
        do
        {
            (line, var type) = await ReceiveAsync(socket);
            Assert.Equal(kind, type);
            Assert.DoesNotContain('\n', line);
            Assert.DoesNotContain('\r', line);
        }
        while (!line.EndsWith("PRIVMSG #room :hello", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(TextProtocol, BinaryProtocol)]
    [InlineData(BinaryProtocol, TextProtocol)]
    [Quote(Spec, "The server MUST accept any subprotocol it supports, respecting the client's order of preference.")]
    public async Task The_clients_order_decides(string first, string second)
    {
        using var socket = await ConnectAsync(first, second);

        Assert.Equal(first, socket.SubProtocol);
    }

    [Fact]
    [Quote(Spec, "If no subprotocol can be agreed on, the server MAY continue connection establishment without sending the `Sec-WebSocket-Protocol` header.")]
    public async Task A_client_that_names_no_sub_protocol_speaks_text()
    {
        using var socket = await ConnectAsync();

        await SendAsync(socket, "PING 1");

        Assert.EndsWith("PONG parley :1", (await ReceiveAsync(socket)).Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ending_that_a_client_sends_all_the_same_is_taken_off()
    {
        using var socket = await ConnectAsync(TextProtocol);

        await SendAsync(socket, "PING 1\r\n");

        Assert.EndsWith("PONG parley :1", (await ReceiveAsync(socket)).Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_in_pieces_is_one_message()
    {
        using var socket = await ConnectAsync(TextProtocol);

        await socket.SendAsync(Encoding.UTF8.GetBytes("PI"), WebSocketMessageType.Text, endOfMessage: false, Token);
        await socket.SendAsync(Encoding.UTF8.GetBytes("NG 1"), WebSocketMessageType.Text, endOfMessage: true, Token);

        Assert.EndsWith("PONG parley :1", (await ReceiveAsync(socket)).Line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://elsewhere.example", WebSocketCloseStatus.PolicyViolation)]
    [InlineData("null", WebSocketCloseStatus.PolicyViolation)]
    public async Task A_page_from_elsewhere_is_told_why_it_may_not(string origin, WebSocketCloseStatus status)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(TextProtocol);
        socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(Address, Token);

        await ExpectCloseAsync(socket, status);
        Assert.Contains(origin, socket.CloseStatusDescription, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://chat.example")]
    [InlineData(null)]
    public async Task A_page_of_the_server_or_of_an_origin_that_is_set_may(string? origin)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(TextProtocol);
        socket.Options.SetRequestHeader("Origin", origin ?? $"http://{Server.AddressOf("http")}");
        await socket.ConnectAsync(Address, Token);

        await SendAsync(socket, "PING 1");

        Assert.EndsWith("PONG parley :1", (await ReceiveAsync(socket)).Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_sub_protocol_is_told()
    {
        using var socket = await ConnectAsync("chat");

        await ExpectCloseAsync(socket, WebSocketCloseStatus.PolicyViolation);
        Assert.Contains(TextProtocol, socket.CloseStatusDescription, StringComparison.Ordinal);
    }

    [Fact]
    [Quote(Spec, "Clients and servers SHOULD impose limits on the maximum size of messages they will accept, in order to prevent denial-of-service attacks.")]
    public async Task A_message_that_is_too_big_ends_it()
    {
        using var socket = await ConnectAsync(TextProtocol);

        await SendAsync(socket, new string('x', 5000));

        await ExpectCloseAsync(socket, WebSocketCloseStatus.MessageTooBig);
    }

    [Fact]
    public async Task A_line_that_is_too_long_for_IRC_only_is_refused_as_such()
    {
        using var socket = await ConnectAsync(TextProtocol);

        await SendAsync(socket, "PING " + new string('x', 600));

        Assert.Contains(" 417 ", (await ReceiveAsync(socket)).Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_where_text_was_agreed_end_it()
    {
        using var socket = await ConnectAsync(TextProtocol);

        await SendAsync(socket, "PING 1", WebSocketMessageType.Binary);

        await ExpectCloseAsync(socket, WebSocketCloseStatus.InvalidMessageType);
    }

    [Fact]
    public async Task Two_lines_in_one_message_end_it()
    {
        using var socket = await ConnectAsync(TextProtocol);

        await SendAsync(socket, "PING 1\nPING 2");

        await ExpectCloseAsync(socket, WebSocketCloseStatus.InvalidPayloadData);
    }

    [Fact]
    public async Task QUIT_ends_it_normally()
    {
        using var socket = await ConnectAsync(TextProtocol);

        await SendAsync(socket, "QUIT :bye");

        await ExpectCloseAsync(socket, WebSocketCloseStatus.NormalClosure);
    }

    [Fact]
    public async Task A_browser_that_closes_has_quit()
    {
        var ann = await Server.JoinAsync("Ann");
        using var socket = await ConnectAsync(TextProtocol);
        await SendAsync(socket, "NICK Webby");
        await SendAsync(socket, "USER web 0 * :Web");
        await SendAsync(socket, "JOIN #room");
        await ann.ExpectAsync("JOIN");

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", Token);

        Assert.Equal("Webby", (await ann.ExpectAsync("QUIT")).Nick);
    }

    [Fact]
    public async Task A_server_that_stops_says_so_first()
    {
        using var socket = await ConnectAsync(TextProtocol);
        await SendAsync(socket, "PING 1");
        await ReceiveAsync(socket);

        var stopping = Server.StopAsync();

        Assert.Contains("ERROR", (await ReceiveAsync(socket)).Line, StringComparison.Ordinal);
        await ExpectCloseAsync(socket, WebSocketCloseStatus.EndpointUnavailable);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", Token);
        await stopping;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Messages_are_compressed_where_both_sides_want_it(bool isWanted)
    {
        await using var server = await IrcServer.StartAsync(options => (options.Http, options.WebCompression) = (ListenAddress.Loopback(0), isWanted));
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(TextProtocol);
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        socket.Options.CollectHttpResponseDetails = true;
        await socket.ConnectAsync(new Uri($"ws://{server.AddressOf("http")}/irc"), Token);

        Assert.Equal(isWanted, socket.HttpResponseHeaders!.ContainsKey("Sec-WebSocket-Extensions"));
        await SendAsync(socket, "PING " + new string('x', 100));
        Assert.EndsWith("PONG parley :" + new string('x', 100), (await ReceiveAsync(socket)).Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_comes_without_a_WebSocket_is_told_what_this_is()
    {
        using var http = new HttpClient();

        var answer = await http.GetAsync(new Uri($"http://{Server.AddressOf("http")}/irc"), Token);

        Assert.Equal(System.Net.HttpStatusCode.UpgradeRequired, answer.StatusCode);
        Assert.Contains(TextProtocol, await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    private static Task SendAsync(WebSocket socket, string line, WebSocketMessageType kind = WebSocketMessageType.Text)
        => socket.SendAsync(Encoding.UTF8.GetBytes(line), kind, endOfMessage: true, Token);

    private static async Task<(string Line, WebSocketMessageType Kind)> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[8192];
        var length = 0;
        ValueWebSocketReceiveResult result;
        do
        {
            result = await socket.ReceiveAsync(buffer.AsMemory(length), Token).AsTask().WithinSafetyAsync();
            length += result.Count;
        }
        while (!result.EndOfMessage);
        return (Encoding.UTF8.GetString(buffer, 0, length), result.MessageType);
    }

    private static async Task ExpectCloseAsync(WebSocket socket, WebSocketCloseStatus status)
    {
        while ((await ReceiveAsync(socket)).Kind != WebSocketMessageType.Close)
        {
        }

        Assert.Equal(status, socket.CloseStatus);
    }

    private async Task<ClientWebSocket> ConnectAsync(params string[] protocols)
    {
        var socket = new ClientWebSocket();
        foreach (var protocol in protocols)
        {
            socket.Options.AddSubProtocol(protocol);
        }

        await socket.ConnectAsync(Address, Token);
        return socket;
    }
}
