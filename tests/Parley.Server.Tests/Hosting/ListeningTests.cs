using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.Server.Transport;
using Parley.TestKit;

namespace Parley.Server.Tests.Hosting;

public sealed class ListeningTests
{
    [Fact]
    public async Task Port_0_takes_a_free_one_which_the_listener_names()
    {
        await using var server = await RealServer.StartAsync();
        Assert.Equal(["lines", "addressed", "irc", "http"], server.Listeners.Select(listener => listener.Name));
        Assert.All(server.Listeners, listener => Assert.NotEqual(0, ((IPEndPoint)listener.Address).Port));
        await using var ann = await server.EnterAsync("Ann");
        await using var bob = await ScriptedClient.ConnectAsync(server.AddressOf("addressed"), "bob");
        await bob.SendLinesAsync("bob", "Ann: hello");
        await ann.ExpectAsync("from bob: hello");

        // The clock stands still: a stop would wait for whoever does not go.
        await ann.DisposeAsync();
        await bob.DisposeAsync();
        await server.StopAsync();
    }

    [Fact]
    public async Task Off_switches_a_listener_off()
    {
        var options = RealServer.FreePorts();
        options.Addressed = ListenAddress.Off;
        options.Irc = ListenAddress.Off;
        options.Http = ListenAddress.Off;
        await using var server = await RealServer.StartAsync(options);
        Assert.Equal(["lines"], server.Listeners.Select(listener => listener.Name));
    }

    [Fact]
    public async Task With_everything_off_the_server_does_not_listen_at_some_port_of_the_frameworks_choice()
    {
        var options = RealServer.FreePorts();
        (options.Lines, options.Addressed, options.Irc, options.Http) = (ListenAddress.Off, ListenAddress.Off, ListenAddress.Off, ListenAddress.Off);
        await using var server = await RealServer.StartAsync(options);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync(IPAddress.Loopback, 5000, TestContext.Current.CancellationToken).AsTask());
    }

    [Theory]
    [InlineData("lines")]
    [InlineData("addressed")]
    [InlineData("irc")]
    [InlineData("http")]
    public async Task A_port_that_is_taken_is_told_with_the_setting_that_wants_it(string name)
    {
        using var other = Occupy(out var port);
        var options = RealServer.FreePorts();
        Setting.All.Single(setting => setting.Name == name).Set(options, $"127.0.0.1:{port}");
        var error = await Assert.ThrowsAsync<ListenException>(() => RealServer.StartAsync(options));
        Assert.Equal(
            $"127.0.0.1:{port} is taken by another program: stop that program, or choose another address with --{name} HOST:PORT (port 0 takes a free one)",
            error.Message);
    }

    [Theory]
    [InlineData("lines")]
    [InlineData("http")]
    public async Task An_address_that_is_not_this_machines_is_told_with_the_setting_that_wants_it(string name)
    {
        var options = RealServer.FreePorts();
        Setting.All.Single(setting => setting.Name == name).Set(options, "192.0.2.1:4711");
        var error = await Assert.ThrowsAsync<ListenException>(() => RealServer.StartAsync(options));
        Assert.StartsWith("192.0.2.1:4711 cannot be listened at", error.Message, StringComparison.Ordinal);
        Assert.Contains("--" + name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_begins_like_another_is_not_mistaken_for_it()
    {
        using var other = Occupy(out var port);
        var options = RealServer.FreePorts();
        options.Lines = ListenAddress.Loopback(int.Parse(port.ToString(CultureInfo.InvariantCulture)[..4], CultureInfo.InvariantCulture));
        options.Http = ListenAddress.Loopback(port);
        var error = await Assert.ThrowsAsync<ListenException>(() => RealServer.StartAsync(options));
        Assert.StartsWith($"127.0.0.1:{port} is taken", error.Message, StringComparison.Ordinal);
        Assert.Contains("--http ", error.Message, StringComparison.Ordinal);
    }

    private static Socket Occupy(out int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        return socket;
    }
}
