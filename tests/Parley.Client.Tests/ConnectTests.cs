using System.Net;
using System.Net.Sockets;

namespace Parley.Client.Tests;

public sealed class ConnectTests
{
    [Fact(Timeout = 30_000)]
    public async Task Where_nobody_listens_connecting_is_refused()
    {
        int port;
        using (var closed = new ScriptedServer())
        {
            port = closed.Port;
        }

        SocketException e = await Assert.ThrowsAsync<SocketException>(
            () => ParleyConnection.ConnectAsync("127.0.0.1", port, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(SocketError.ConnectionRefused, e.SocketErrorCode);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_server_that_does_not_answer_in_time_is_a_timeout()
    {
        using var server = new ScriptedServer();
        var options = new ClientOptions { ConnectTimeout = TimeSpan.Zero };

        await Assert.ThrowsAsync<TimeoutException>(
            () => ParleyConnection.ConnectAsync("127.0.0.1", server.Port, options, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task Connecting_can_be_cancelled()
    {
        using var server = new ScriptedServer();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ParleyConnection.ConnectAsync("127.0.0.1", server.Port, cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_IPv6_address_works()
    {
        Assert.SkipUnless(HasIPv6Loopback(), "No IPv6 loopback address here");
        using var server = new ScriptedServer(IPAddress.IPv6Loopback);
        await using ParleyConnection connection = await server.ConnectAsync();

        await connection.SendAsync("hi", TestContext.Current.CancellationToken);
        await connection.CompleteAsync(TestContext.Current.CancellationToken);

        Assert.Equal("hi\n", await server.HearToEndAsync());
    }

    [Fact]
    public async Task A_limit_below_one_byte_is_refused()
    {
        using var server = new ScriptedServer();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => server.ConnectAsync(new ClientOptions { MaxLineBytes = 0 }));
    }

    private static bool HasIPv6Loopback()
    {
        try
        {
            using var probe = new ScriptedServer(IPAddress.IPv6Loopback);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
