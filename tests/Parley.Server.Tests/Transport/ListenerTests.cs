using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.Server.Transport;
using Parley.Server.Transport.Loop;
using Parley.TestKit;

namespace Parley.Server.Tests.Transport;

public sealed class ListenerTests
{
    [Fact]
    public async Task Connections_that_are_gone_before_they_are_accepted_do_not_end_the_listener()
    {
        await using var server = new TestServer();
        var address = await server.ListenAsync();
        for (var i = 0; i < 50; i++)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(enable: true, 0) };
            await socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        }

        var ann = await server.ConnectAsync(address, "Ann");
        await ann.CloseAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(36_000)]
    public async Task Keep_alive_may_be_any_time_that_the_settings_allow(int seconds)
    {
        await using var server = new TestServer(new ParleyOptions { KeepAlive = TimeSpan.FromSeconds(seconds) });
        var address = await server.ListenAsync();
        for (var i = 0; i < 2; i++)
        {
            var ann = await server.ConnectAsync(address, "Ann");
            await ann.SendLineAsync("/quit");
            await ann.ExpectClosedAsync();
            await ann.CloseAsync();
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(90, true)]
    public async Task A_connection_sends_at_once_and_is_asked_in_silence_whether_it_is_there(int seconds, bool isAsked)
    {
        using var log = new CollectedLog();
        var listener = await new LineListenerFactory(new ParleyOptions { KeepAlive = TimeSpan.FromSeconds(seconds) }, TimeProvider.System, log)
            .BindAsync(new IPEndPoint(IPAddress.Loopback, 0), TestContext.Current.CancellationToken);
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.EndPoint, TestContext.Current.CancellationToken);
        await using var connection = (await listener.AcceptAsync(TestContext.Current.CancellationToken))!;

        var socket = connection.Features.Get<IConnectionSocketFeature>()!.Socket;
        Assert.True(socket.NoDelay);
        Assert.Equal(isAsked, Convert.ToBoolean(socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive), CultureInfo.InvariantCulture));
        if (isAsked)
        {
            Assert.Equal(seconds, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
            Assert.Equal(seconds / 6, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval));
            Assert.Equal(6, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount));
        }

        await listener.DisposeAsync();
    }

    [Fact]
    public async Task The_kernel_holds_little_for_a_reader_who_takes_nothing()
    {
        Assert.SkipUnless(SocketLoops.IsSupported, "Only Linux can be told");
        using var log = new CollectedLog();
        using var loops = new SocketLoops(TimeProvider.System, new Logger<SocketLoops>(log));
        var options = new ParleyOptions { MaxOutboxBytes = 512 * 1024 };
        var listener = await new LineListenerFactory(options, TimeProvider.System, log, loops)
            .BindAsync(new IPEndPoint(IPAddress.Loopback, 0), TestContext.Current.CancellationToken);
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(listener.EndPoint, TestContext.Current.CancellationToken);
        await using var connection = (LoopConnection)(await listener.AcceptAsync(TestContext.Current.CancellationToken))!;

        // Left alone, it takes megabytes here.
        var (taken, chunk) = (0, new byte[8192]);
        for (var sent = 1; sent > 0; taken += sent)
        {
            sent = connection.Write(chunk);
        }

        Assert.InRange(taken, options.MaxOutboxBytes / 8, options.MaxOutboxBytes / 2);
        await listener.DisposeAsync();
    }

    [Fact]
    public async Task A_connection_that_cannot_be_set_up_does_not_end_the_listener()
    {
        using var log = new CollectedLog();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        var calls = 0;
        var listener = new LineListener(
            socket,
            accepted =>
            {
                using (accepted)
                {
                    throw ++calls switch
                    {
                        // What the system may say of a socket whose other side is gone by then.
                        1 => new SocketException((int)SocketError.InvalidArgument),
                        2 => new ObjectDisposedException(nameof(Socket)),
                        3 => new IOException("epoll_ctl failed with error 28"),
                        _ => new OperationCanceledException(),
                    };
                }
            },
            settings: null,
            new ManualTimeProvider(),
            log.CreateLogger("test"));
        var accepting = listener.AcceptAsync(TestContext.Current.CancellationToken).AsTask();
        for (var i = 0; i < 4; i++)
        {
            using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(listener.EndPoint, TestContext.Current.CancellationToken);
        }

        await Assert.ThrowsAsync<OperationCanceledException>(() => accepting.WithinSafetyAsync());
        Assert.Equal(4, calls);
    }

    [Fact]
    public async Task An_unbound_listener_says_that_it_is_at_its_end()
    {
        using var log = new CollectedLog();
        IConnectionListener listener = await new LineListenerFactory(new ParleyOptions(), new ManualTimeProvider(), log)
            .BindAsync(new IPEndPoint(IPAddress.Loopback, 0), TestContext.Current.CancellationToken);
        var accepting = listener.AcceptAsync(TestContext.Current.CancellationToken).AsTask();
        await listener.UnbindAsync(TestContext.Current.CancellationToken);
        Assert.Null(await accepting.WithinSafetyAsync());
        await listener.DisposeAsync();
    }
}
