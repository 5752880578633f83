using System.Buffers;
using System.Net.Sockets;
using Parley.Server.Tests.Support;
using Parley.Server.Transport.Http;
using Parley.TestKit;

namespace Parley.Server.Tests.Transport.Http;

public sealed class HttpConnectionTests
{
    [Fact]
    public async Task A_connection_whose_client_is_gone_ends_although_bytes_are_left()
    {
        await using var loop = new TestLoop();
        var (socket, client) = await loop.ConnectAsync();
        var connection = new HttpConnection(socket);
        client.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Dispose();
        await Until.TrueAsync(() => connection.ConnectionClosed.IsCancellationRequested, () => "The loop has not seen the reset");
        connection.Output.Write("HTTP/1.1 200 OK\r\n"u8);

        await connection.DisposeAsync().AsTask().WithinSafetyAsync();

        Assert.True(socket.Socket.SafeHandle.IsClosed);
    }

    [Fact]
    public async Task What_HTTP_has_not_sent_yet_is_sent_before_the_socket_is_handed_over()
    {
        await using var loop = new TestLoop();
        var (socket, client) = await loop.ConnectAsync();
        var connection = new HttpConnection(socket);
        connection.Output.Write("HTTP/1.1 101 Switching Protocols\r\n"u8);

        var taken = await connection.TakeAsync(Stream.Null);
        await connection.DisposeAsync().AsTask().WithinSafetyAsync();

        var buffer = new byte[100];
        var received = await client.ReceiveAsync(buffer).WithinSafetyAsync();
        Assert.Equal("HTTP/1.1 101 Switching Protocols\r\n"u8, buffer.AsSpan(0, received));
        Assert.Same(socket, taken);
        Assert.False(socket.Socket.SafeHandle.IsClosed);
    }
}
