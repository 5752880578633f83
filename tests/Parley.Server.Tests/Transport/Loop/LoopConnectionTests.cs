using System.Buffers;
using System.Net.Sockets;
using System.Text;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Server.Lines;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Transport.Loop;

public sealed class LoopConnectionTests
{
    [Fact]
    public async Task What_the_kernel_does_not_take_waits_in_the_outbox_and_comes_in_order_once_the_client_reads()
    {
        await using var loop = new TestLoop();
        var (server, client) = await loop.ConnectAsync(bufferBytes: 16 * 1024);
        var session = new Session(new LinesFlavor(TimeProvider.System), new OutboxOptions());
        server.Open(session.Outbox);
        var sent = 0;
        while (session.Outbox.WaitingBytes < 1_000_000)
        {
            Reply();
        }

        // The client reads on, while more is said.
        var buffer = new byte[100_000];
        var received = 0;
        while (received < sent)
        {
            var length = await client.ReceiveAsync(buffer, TestContext.Current.CancellationToken).AsTask().WithinSafetyAsync();
            for (var i = 0; i < length; i++)
            {
                Assert.Equal(ByteAt(received + i), buffer[i]);
            }

            received += length;
            if (sent < 4_000_000)
            {
                Reply();
            }
        }

        session.Outbox.Complete();
        await server.FinishAsync().WithinSafetyAsync();
        Assert.Equal(0, session.Outbox.WaitingBytes);

        void Reply()
        {
            var bytes = new byte[1 + (sent % 5000)];
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = ByteAt(sent + i);
            }

            sent += bytes.Length;
            session.Reply(bytes);
            session.Outbox.Send();
        }
    }

    [Fact]
    public async Task Everything_pending_is_sent_before_a_completed_outbox_is_done()
    {
        await using var loop = new TestLoop();
        var (server, client) = await loop.ConnectAsync(bufferBytes: 16 * 1024);
        var session = new Session(new LinesFlavor(TimeProvider.System), new OutboxOptions());
        server.Open(session.Outbox);
        session.Reply(new byte[2_000_000]);
        session.Outbox.Complete();
        var finished = server.FinishAsync();
        Assert.False(finished.IsCompleted);
        var received = 0;
        while (received < 2_000_000)
        {
            received += await client.ReceiveAsync(new byte[65536], TestContext.Current.CancellationToken).AsTask().WithinSafetyAsync();
        }

        await finished.WithinSafetyAsync();
    }

    [Fact]
    public async Task The_outbox_of_a_client_that_is_gone_ends()
    {
        await using var loop = new TestLoop();
        var (server, client) = await loop.ConnectAsync(bufferBytes: 16 * 1024);
        var session = new Session(new LinesFlavor(TimeProvider.System), new OutboxOptions());
        server.Open(session.Outbox);
        session.Reply(new byte[2_000_000]);
        session.Outbox.Send();
        client.LingerState = new LingerOption(enable: true, 0);
        client.Dispose();
        await server.FinishAsync().WithinSafetyAsync();
        Assert.Equal(0, session.Outbox.WaitingBytes);
    }

    [Fact]
    public async Task The_outbox_of_a_client_that_is_reset_ends_though_there_is_nothing_to_send_and_what_it_has_said_is_read()
    {
        await using var loop = new TestLoop();
        var (server, client) = await loop.ConnectAsync();
        var session = new Session(new LinesFlavor(TimeProvider.System), new OutboxOptions());
        server.Open(session.Outbox);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onEnd = session.Outbox.Ended.UnsafeRegister(static ended => ((TaskCompletionSource)ended!).SetResult(), ended);
        TestLoop.Send(client, "said"u8);

        client.LingerState = new LingerOption(enable: true, 0);
        client.Dispose();

        await ended.Task.WithinSafetyAsync();
        Assert.True(session.Outbox.IsComplete);
        Assert.Equal("said", Encoding.UTF8.GetString((await TestLoop.ReadAsync(server)).Buffer));
    }

    [Fact]
    public async Task The_outbox_of_a_client_that_only_says_no_more_goes_on()
    {
        await using var loop = new TestLoop();
        var (server, client) = await loop.ConnectAsync();
        var session = new Session(new LinesFlavor(TimeProvider.System), new OutboxOptions());
        server.Open(session.Outbox);

        client.Shutdown(SocketShutdown.Send);
        Assert.True((await TestLoop.ReadAsync(server)).IsCompleted);
        await loop.PassAsync();

        Assert.False(session.Outbox.IsComplete);
        session.Reply("answer"u8.ToArray());
        session.Outbox.Send();
        Assert.Equal(6, await client.ReceiveAsync(new byte[10], TestContext.Current.CancellationToken).AsTask().WithinSafetyAsync());
    }

    private static byte ByteAt(int position) => (byte)((position * 7) ^ (position >> 8));
}
