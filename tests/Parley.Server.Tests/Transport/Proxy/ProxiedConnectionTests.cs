using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Parley.Server.Lines.Commands;
using Parley.Server.Lines.Dispatch;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.Server.Transport.Proxy;
using Parley.Server.Transport.Tls;
using Parley.TestKit;

namespace Parley.Server.Tests.Transport.Proxy;

public sealed class ProxiedConnectionTests
{
    private const string Client = "192.0.2.7";

    public static TheoryData<TransportKind, int> Ways { get; } = new(
        from transport in new[] { TransportKind.Loops, TransportKind.Kestrel }
        from version in new[] { 1, 2 }
        select (transport, version));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Who_comes_through_a_proxy_has_its_own_address_at_the_gate_and_in_the_log(TransportKind transport, int version)
    {
        await using var server = new TestServer(new ParleyOptions { ProxyFrom = Networks("127.0.0.0/8"), MaxConnectionsPerAddress = 1 });
        var (address, handler) = await ListenAsync(server, transport);
        using var first = await ConnectAsync(address, Header(version));
        await using var ann = ScriptedClient.Over(first);
        await ann.ReadUntilAsync("You joined main");
        Assert.Equal($"{Client}:40000", handler.Connection!.RemoteEndPoint!.ToString());
        Assert.Equal("198.51.100.1:6697", handler.Connection.LocalEndPoint!.ToString());
        Assert.Contains(server.Log.Entries, entry => entry.Id == 201 && entry.Message == $"{Client}:40000 connected");

        await using var again = ScriptedClient.Over(await ConnectAsync(address, Header(version)));
        await again.ExpectAsync("Too many connections from your address (at most 1), close one first");
        await again.ExpectClosedAsync();
        await again.CloseAsync();
        await using var other = ScriptedClient.Over(await ConnectAsync(address, Header(version, "192.0.2.8")));
        await other.ReadUntilAsync("You joined main");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_comes_in_one_piece_with_the_header_is_not_lost_and_the_header_may_come_byte_by_byte(TransportKind transport, int version)
    {
        await using var server = new TestServer(new ParleyOptions { ProxyFrom = Networks("127.0.0.1") });
        var (address, _) = await ListenAsync(server, transport);
        await using var ann = ScriptedClient.Over(await ConnectAsync(address, [.. Header(version), .. "/rooms\n/users\n"u8]));
        await ann.ReadUntilAsync("You joined main");
        await ann.ExpectAsync("Rooms - main (1)");
        await ann.ExpectMatchAsync(@"Users - \w+");
        await ann.SendLineAsync("/quit");
        await ann.ExpectClosedAsync();

        using var socket = await ConnectAsync(address, []);
        foreach (var value in Header(version))
        {
            await socket.SendAsync(new[] { value });
        }

        await using var bob = ScriptedClient.Over(socket);
        await bob.SendLineAsync("/quit");
        await bob.ReadToEndAsync();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task TLS_comes_behind_the_header(TransportKind transport, int version)
    {
        await using var server = await TlsServer.StartAsync();
        server.Server.Options.ProxyFrom = Networks("127.0.0.1");
        var (address, handler) = await ListenAsync(server.Server, transport, server.Handler);
        await using var ann = new ScriptedClient(await TlsEnd.OverAsync(await ConnectAsync(address, Header(version))));
        await ann.ReadUntilAsync("You joined main");
        Assert.Equal($"{Client}:40000", handler.Connection!.RemoteEndPoint!.ToString());
        Assert.Equal("TLSv1.3", (await handler.TlsAsync()).Protocol);
        await ann.SendLineAsync("/quit");
        await ann.ExpectClosedAsync();
    }

    [Fact]
    public async Task A_proxy_that_has_decrypted_tells_so()
    {
        await using var server = new TestServer(new ParleyOptions { ProxyFrom = Networks("127.0.0.1") });
        var (address, handler) = await ListenAsync(server);
        var header = ProxyBytes.V2(
            ProxyBytes.Proxy, 0x11, ProxyBytes.Addresses(Client, "198.51.100.1"), ProxyBytes.Tls(1, ProxyBytes.Value(0x21, "TLSv1.2"u8.ToArray())));
        await using var ann = ScriptedClient.Over(await ConnectAsync(address, header));
        await ann.ReadUntilAsync("You joined main");
        Assert.Equal(new TlsSession("TLSv1.2", ""), await handler.TlsAsync());
    }

    [Fact]
    public async Task A_proxy_that_speaks_for_itself_has_its_own_address()
    {
        await using var server = new TestServer(new ParleyOptions { ProxyFrom = Networks("127.0.0.1") });
        var (address, handler) = await ListenAsync(server);
        await using var ann = ScriptedClient.Over(await ConnectAsync(address, ProxyBytes.V2(ProxyBytes.Local, 0)));
        await ann.ReadUntilAsync("You joined main");
        Assert.Equal(IPAddress.Loopback, ((IPEndPoint)handler.Connection!.RemoteEndPoint!).Address);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_proxys_own_look_each_second_is_in_no_limit_and_not_in_the_log(int version)
    {
        await using var server = new TestServer(new ParleyOptions
        {
            ProxyFrom = Networks("127.0.0.1"),
            ExemptLoopback = false,
            MaxConnectionsPerAddress = 1,
            MaxNewConnectionsPerAddress = 2,
        });
        var (address, _) = await ListenAsync(server);
        await using var open = ScriptedClient.Over(await ConnectAsync(address, Look(version)));
        await open.ReadUntilAsync("You joined main");
        for (var i = 0; i < 5; i++)
        {
            await using var look = ScriptedClient.Over(await ConnectAsync(address, [.. Look(version), .. "/quit\n"u8]));
            await look.ReadToEndAsync();
        }

        await using var ann = ScriptedClient.Over(await ConnectAsync(address, Header(version)));
        await ann.ReadUntilAsync("You joined main");
        Assert.Equal(Client + ":40000 connected", Assert.Single(server.Log.Entries).Message);

        static byte[] Look(int version) => version == 1 ? "PROXY UNKNOWN\r\n"u8.ToArray() : ProxyBytes.V2(ProxyBytes.Local, 0xff);
    }

    [Fact]
    public async Task From_anybody_else_a_header_is_what_they_say_and_nothing_more()
    {
        await using var server = new TestServer(new ParleyOptions { ProxyFrom = Networks("192.0.2.0/24,2001:db8::/32") });
        var (address, handler) = await ListenAsync(server);
        await using var mallory = ScriptedClient.Over(await ConnectAsync(address, Header(1)));
        var name = (await mallory.ReadUntilAsync("You joined main"))[^1]["You are ".Length..];
        await mallory.ExpectAsync($"{name}: PROXY TCP4 {Client} 198.51.100.1 40000 6697");
        Assert.Equal(IPAddress.Loopback, ((IPEndPoint)handler.Connection!.RemoteEndPoint!).Address);
    }

    [Theory]
    [InlineData("NICK ann\r\n", false, "what it sent is none")]
    [InlineData("PROXY TCP4 192.0.2.7", true, "it ended in the middle of one")]
    public async Task A_proxy_that_sends_no_header_is_closed_with_one_line_in_the_log(string sent, bool ends, string reason)
    {
        await using var server = new TestServer(new ParleyOptions { ProxyFrom = Networks("127.0.0.1") });
        var (address, handler) = await ListenAsync(server);
        using var socket = await ConnectAsync(address, Encoding.ASCII.GetBytes(sent));
        if (ends)
        {
            socket.Shutdown(SocketShutdown.Send);
        }

        Assert.Equal(0, await socket.ReceiveToEndAsync());
        Assert.EndsWith(reason, Assert.Single(server.Log.Entries).Message, StringComparison.Ordinal);
        Assert.Null(handler.Connection);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PROXY")]
    public async Task A_header_that_does_not_come_is_not_waited_for_longer_than_a_login(string sent)
    {
        await using var server = new TestServer(new ParleyOptions { ProxyFrom = Networks("127.0.0.1"), LoginTimeout = TimeSpan.FromSeconds(7) });
        var (address, _) = await ListenAsync(server);
        using var socket = await ConnectAsync(address, Encoding.ASCII.GetBytes(sent));
        await server.Time.WhenTimerArmedAsync(TimeSpan.FromSeconds(7));
        server.Time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(0, await socket.ReceiveToEndAsync());
        Assert.EndsWith("none came within 7 s", Assert.Single(server.Log.Entries).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_only_looks_whether_anybody_is_here_is_not_worth_a_word_and_holds_up_no_stop()
    {
        await using var server = new TestServer(new ParleyOptions { ProxyFrom = Networks("127.0.0.1") });
        var (address, _) = await ListenAsync(server);
        (await ConnectAsync(address, [])).Dispose();
        using var silent = await ConnectAsync(address, []);
        await Until.TrueAsync(() => server.Log.Entries.Count > 0, () => "It was not missed");
        await server.Time.WhenTimerArmedAsync(server.Options.LoginTimeout);
        await server.StopAsync();
        Assert.All(server.Log.Entries.Where(entry => entry.Id < 300), entry => Assert.Equal((209, LogLevel.Debug), (entry.Id, entry.Level)));
    }

    private static NetworkList Networks(string text)
    {
        Assert.True(NetworkList.TryParse(text, out var networks));
        return networks;
    }

    private static byte[] Header(int version, string source = Client)
        => version == 1
            ? ProxyBytes.V1(source, "198.51.100.1")
            : ProxyBytes.V2(ProxyBytes.Proxy, 0x11, ProxyBytes.Addresses(source, "198.51.100.1"));

    /// <summary>Listens for the lines protocol, behind proxies and whatever else.</summary>
    private static async Task<(EndPoint Address, SeenHandler Handler)> ListenAsync(
        TestServer server, TransportKind transport = TransportKind.Loops, Func<ConnectionHandler, ConnectionHandler>? layer = null)
    {
        var seen = new SeenHandler(new LinesConnectionHandler(server.Connections, server.Lines, LinesCommandTable.All));
        var handler = new ProxyHeaderHandler(
            layer is null ? seen : layer(seen), server.Options, server.Time, server.Log.CreateLogger("proxy"), server.Shutdown.Stopping);
        return (await server.ListenAsync(transport == TransportKind.Loops, handler), seen);
    }

    private static async Task<Socket> ConnectAsync(EndPoint address, byte[] bytes)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address).WithinSafetyAsync();
        await socket.SendAsync(bytes);
        return socket;
    }
}
