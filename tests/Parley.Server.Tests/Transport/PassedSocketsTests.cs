using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.Server.Transport;
using Parley.TestKit;

namespace Parley.Server.Tests.Transport;

/// <summary>A supervisor's sockets become the listeners that they are named after, or whose address they have.</summary>
public sealed class PassedSocketsTests
{
    [Fact]
    public async Task A_socket_is_taken_by_its_name_over_IPv4_and_IPv6_and_whoever_came_before_the_server_is_served()
    {
        var options = RealServer.FreePorts();
        (options.Lines, options.Http) = (ListenAddress.Off, ListenAddress.Off);
        using var lines = Listening(IPAddress.IPv6Loopback);
        using var http = Listening(IPAddress.Loopback);
        using var early = new TcpClient(AddressFamily.InterNetworkV6);
        await early.ConnectAsync((IPEndPoint)lines.LocalEndPoint!, TestContext.Current.CancellationToken);
        var passed = new PassedSockets([("lines", lines), ("http", http)]);

        passed.ApplyTo(options);
        await using var server = await RealServer.StartAsync(options, configureServices: services => services.AddSingleton(passed));

        Assert.Equal(lines.LocalEndPoint, server.AddressOf("lines"));
        Assert.StartsWith("Server commands", await StatusLine.ReadAsync(early, upTo: "\n"), StringComparison.Ordinal);
        Assert.Equal("200", await StatusLine.OfAsync(server, "GET /health/ready HTTP/1.0\r\n\r\n"));
    }

    [Fact]
    public void A_socket_under_any_other_name_is_that_of_the_listener_at_its_address()
    {
        using var socket = Listening(IPAddress.Loopback);
        var options = new ParleyOptions { Addressed = ListenAddress.At((IPEndPoint)socket.LocalEndPoint!) };
        var passed = new PassedSockets([("parley.socket", socket)]);

        passed.ApplyTo(options);

        Assert.Same(socket, passed.TakeFor(options.Addressed.EndPoint!));
        Assert.Null(passed.TakeFor(options.Addressed.EndPoint!));
        Assert.Equal(ListenAddress.Loopback(42069), options.Lines);
    }

    [Fact]
    public void Sockets_that_no_listener_can_take_are_told_all_at_once()
    {
        using var stray = Listening(IPAddress.Loopback);
        using var first = Listening(IPAddress.Loopback);
        using var second = Listening(IPAddress.Loopback);
        using var datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        datagrams.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var errors = Assert.Throws<SettingsException>(
            () => new PassedSockets([("parley.socket", stray), ("irc", first), ("irc", second), ("http", datagrams), ("lines", silent)]).ApplyTo(new ParleyOptions())).Errors;

        Assert.Collection(
            errors,
            error => Assert.StartsWith($"The socket at {stray.LocalEndPoint} was passed as 'parley.socket', and no listener has that name or address: name it by FileDescriptorName=lines, addressed, irc, ", error, StringComparison.Ordinal),
            error => Assert.StartsWith("irc was passed two sockets", error, StringComparison.Ordinal),
            error => Assert.Equal("The socket that was passed as 'http' does not listen for TCP connections", error),
            error => Assert.Equal("The socket that was passed as 'lines' does not listen for TCP connections", error));
    }

    private static Socket Listening(IPAddress address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        socket.Listen();
        return socket;
    }
}
