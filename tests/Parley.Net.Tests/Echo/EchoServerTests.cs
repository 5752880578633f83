using System.Net;
using System.Net.Sockets;
using Parley.Net.Echo;
using Parley.Net.Tests.Support;
using Parley.TestKit;

namespace Parley.Net.Tests.Echo;

public sealed class EchoServerTests : IAsyncDisposable
{
    private readonly EchoServer _server = EchoServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new EchoServerOptions { MaxLineBytes = 10 });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact(Timeout = 60_000)]
    public async Task Lines_come_back_byte_for_byte_and_so_does_what_follows_the_last()
    {
        using LineConversation client = await LineConversation.StartAsync(_server.EndPoint);
        await client.SayAsync("one\n\r\n\0\u00ff\n\nhalf");
        client.EndInput();

        Assert.Equal("one\n\r\n\0\u00ff\n\nhalf", await client.HearToEndAsync());
        Assert.Equal(5, _server.Lines);
    }

    [Fact(Timeout = 60_000)]
    public async Task Half_a_line_waits_for_its_other_half()
    {
        using LineConversation client = await LineConversation.StartAsync(_server.EndPoint);
        await client.SayAsync("first\nhal");
        Assert.Equal("first", await client.HearAsync());
        await client.SayAsync("ves\n");
        Assert.Equal("halves", await client.HearAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_line_over_the_limit_gets_one_error_and_the_next_comes_back()
    {
        using LineConversation client = await LineConversation.StartAsync(_server.EndPoint);
        await client.SayAsync("0123456789\n" + new string('x', 5000));
        Assert.Equal("0123456789", await client.HearAsync());
        Assert.Equal("error: a line can only be 10 bytes long", await client.HearAsync());
        await client.SayAsync(new string('x', 5000) + "\nnext\n");
        Assert.Equal("next", await client.HearAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task Clients_that_reset_or_come_and_go_concern_nobody_else()
    {
        using LineConversation staying = await LineConversation.StartAsync(_server.EndPoint);
        for (int i = 0; i < 20; i++)
        {
            using LineConversation leaving = await LineConversation.StartAsync(_server.EndPoint);
            await leaving.SayAsync(i % 2 == 0 ? "half" : "whole\n");
            if (i % 4 < 2)
            {
                TestListener.Reset(leaving.Client.Client);
            }
        }

        await staying.SayAsync("still\n");
        Assert.Equal("still", await staying.HearAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_client_that_does_not_read_delays_nobody()
    {
        using LineConversation deaf = await LineConversation.StartAsync(_server.EndPoint);
        Task flood = FloodAsync(deaf);

        using LineConversation other = await LineConversation.StartAsync(_server.EndPoint);
        await other.SayAsync("hello\n");
        Assert.Equal("hello", await other.HearAsync());
        deaf.Dispose();
        await flood.WithinSafetyAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Disposing_cuts_off_who_is_connected_and_frees_the_port()
    {
        EchoServer server = EchoServer.Start(new IPEndPoint(IPAddress.Loopback, 0));
        using LineConversation client = await LineConversation.StartAsync(server.EndPoint);
        await client.SayAsync("hi\n");
        Assert.Equal("hi", await client.HearAsync());
        Assert.Equal((1, 1L), (server.Clients, server.ServedClients));
        await server.DisposeAsync().AsTask().WithinSafetyAsync();

        Assert.Null(await client.HearAsync());
        Assert.Equal(0, server.Clients);
        await Assert.ThrowsAsync<SocketException>(() => LineConversation.StartAsync(server.EndPoint));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_port_in_use_is_an_error_at_once()
    {
        var e = Assert.Throws<SocketException>(() => EchoServer.Start(_server.EndPoint));
        Assert.Equal(SocketError.AddressAlreadyInUse, e.SocketErrorCode);
        await Task.CompletedTask;
    }

    private static async Task FloodAsync(LineConversation client)
    {
        try
        {
            while (true)
            {
                await client.SayAsync(string.Concat(Enumerable.Repeat("flooding\n", 1000)));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Disposed of.
        }
    }
}
