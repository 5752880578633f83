using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Parley.Server.Tests.Support;
using Parley.Server.Transport.Loop;
using Parley.TestKit;

namespace Parley.Server.Tests.Transport.Loop;

public sealed class LoopReaderTests
{
    private const int BufferBytes = 64 * 1024;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Bytes_arrive_in_order_however_they_are_split_and_however_much_is_left_for_later(int seed)
    {
        await using var loop = new TestLoop();
        var (server, client) = await loop.ConnectAsync();
        var sent = new byte[2_000_000];
        new Random(seed).NextBytes(sent);
        var sending = Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var start = 0; start < sent.Length;)
            {
                var length = Math.Min(random.Next(4) == 0 ? random.Next(1, 100_000) : random.Next(1, 200), sent.Length - start);
                start += await client.SendAsync(sent.AsMemory(start, length), TestContext.Current.CancellationToken);
            }

            client.Shutdown(SocketShutdown.Send);
        }, TestContext.Current.CancellationToken);

        var leave = new Random(seed + 100);
        var received = 0;
        while (true)
        {
            var result = await TestLoop.ReadAsync(server);
            Assert.Equal(sent.AsSpan(received, (int)result.Buffer.Length), result.Buffer.ToArray().AsSpan());
            if (result.IsCompleted)
            {
                received += (int)result.Buffer.Length;
                break;
            }

            var taken = Math.Max(0, (int)result.Buffer.Length - leave.Next(0, 1000));
            received += taken;
            server.Input.AdvanceTo(result.Buffer.GetPosition(taken), result.Buffer.End);
        }

        Assert.Equal(sent.Length, received);
        await sending;
    }

    [Fact]
    public async Task What_is_left_of_a_partial_line_is_shown_again_with_what_follows()
    {
        await using var loop = new TestLoop();
        var (server, client) = await loop.ConnectAsync();
        TestLoop.Send(client, "one\ntw"u8);
        var first = await TestLoop.ReadAsync(server);
        Assert.Equal("one\ntw", Text(first));
        server.Input.AdvanceTo(first.Buffer.GetPosition(4), first.Buffer.End);
        TestLoop.Send(client, "o\n"u8);
        var second = await TestLoop.ReadAsync(server);
        Assert.Equal("two\n", Text(second));
        server.Input.AdvanceTo(second.Buffer.End);
    }

    [Fact]
    public async Task What_was_not_examined_is_shown_again_at_once()
    {
        await using var loop = new TestLoop();
        var (server, client) = await loop.ConnectAsync();
        TestLoop.Send(client, "one\ntwo\nthree"u8);
        var first = await TestLoop.ReadAsync(server);
        server.Input.AdvanceTo(first.Buffer.GetPosition(4));
        var second = await TestLoop.ReadAsync(server);
        Assert.Equal("two\nthree", Text(second));
        server.Input.AdvanceTo(second.Buffer.Start);
        server.Input.CancelPendingRead();
        Assert.True((await TestLoop.ReadAsync(server)).IsCanceled);
        var third = await TestLoop.ReadAsync(server);
        Assert.Equal("two\nthree", Text(third));
        server.Input.AdvanceTo(third.Buffer.GetPosition(4), third.Buffer.End);
        TestLoop.Send(client, "\n"u8);
        Assert.Equal("three\n", Text(await TestLoop.ReadAsync(server)));
    }

    [Fact]
    public async Task The_end_is_seen_as_often_as_somebody_looks()
    {
        await using var loop = new TestLoop();
        var (server, client) = await loop.ConnectAsync();
        client.Shutdown(SocketShutdown.Send);
        for (var i = 0; i < 3; i++)
        {
            var result = await TestLoop.ReadAsync(server);
            Assert.True(result.IsCompleted);
            Assert.True(result.Buffer.IsEmpty);
            server.Input.AdvanceTo(result.Buffer.Start);
        }
    }

    [Fact]
    public async Task A_cancelled_read_loses_nothing_of_what_was_left()
    {
        await using var loop = new TestLoop();
        var (server, client) = await loop.ConnectAsync();
        TestLoop.Send(client, "on"u8);
        var first = await TestLoop.ReadAsync(server);
        server.Input.AdvanceTo(first.Buffer.Start, first.Buffer.End);
        server.Input.CancelPendingRead();
        var cancelled = await TestLoop.ReadAsync(server);
        Assert.True(cancelled.IsCanceled);
        server.Input.AdvanceTo(cancelled.Buffer.Start, cancelled.Buffer.End);
        TestLoop.Send(client, "e\n"u8);
        Assert.Equal("one\n", Text(await TestLoop.ReadAsync(server)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_end_of_input_is_seen_behind_the_last_bytes_although_no_event_tells_of_it(bool readsBefore)
    {
        await using var loop = new TestLoop();
        var (server, client) = await loop.ConnectAsync();
        var reading = readsBefore ? TestLoop.ReadAsync(server) : null;
        using (var hold = await loop.HoldAsync())
        {
            // Both in the same event.
            TestLoop.Send(client, "last"u8);
            client.Shutdown(SocketShutdown.Send);
            hold.Set();
        }

        await loop.PassAsync();
        var data = await (reading ?? TestLoop.ReadAsync(server));
        Assert.Equal("last", Text(data));
        server.Input.AdvanceTo(data.Buffer.Start, data.Buffer.End);
        var end = data.IsCompleted ? data : await TestLoop.ReadAsync(server);
        Assert.True(end.IsCompleted);
        Assert.Equal("last", Text(end));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reset_is_an_io_exception(bool readsBefore)
    {
        await using var loop = new TestLoop();
        var (server, client) = await loop.ConnectAsync();
        var reading = readsBefore ? TestLoop.ReadAsync(server) : null;
        client.LingerState = new LingerOption(enable: true, 0);
        client.Dispose();
        if (!readsBefore)
        {
            await loop.PassAsync();
        }

        await Assert.ThrowsAsync<IOException>(() => reading ?? TestLoop.ReadAsync(server));
    }

    [Fact]
    public async Task A_waiting_read_can_be_cancelled_and_the_next_one_reads_on()
    {
        await using var loop = new TestLoop();
        var (server, client) = await loop.ConnectAsync();
        var reading = TestLoop.ReadAsync(server);
        server.Input.CancelPendingRead();
        Assert.True((await reading).IsCanceled);
        TestLoop.Send(client, "on"u8);
        var result = await TestLoop.ReadAsync(server);
        Assert.False(result.IsCanceled);
        Assert.Equal("on", Text(result));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_read_can_be_cancelled_before_it_begins(bool dataIsThere)
    {
        await using var loop = new TestLoop();
        var (server, client) = await loop.ConnectAsync();
        if (dataIsThere)
        {
            TestLoop.Send(client, "on"u8);
            await loop.PassAsync();
        }

        server.Input.CancelPendingRead();
        Assert.True((await TestLoop.ReadAsync(server)).IsCanceled);
        if (!dataIsThere)
        {
            TestLoop.Send(client, "on"u8);
        }

        Assert.Equal("on", Text(await TestLoop.ReadAsync(server)));
    }

    [Fact]
    public async Task A_cancel_is_not_lost_to_an_event_that_has_nothing_to_bring()
    {
        await using var loop = new TestLoop();
        var (server, _) = await loop.ConnectAsync();
        await loop.PassAsync();
        using var barrier = new Barrier(2);
        for (var i = 0; i < 5_000; i++)
        {
            var reading = server.Input.ReadAsync(TestContext.Current.CancellationToken).AsTask();
            loop.Loop.Schedule(
                _ =>
                {
                    // What is left of an event whose bytes were received with those of the one before.
                    barrier.SignalAndWait(Safety.Timeout);
                    server.OnReady(SocketEvents.Readable);
                    server.OnReady(SocketEvents.Readable);
                },
                null);
            barrier.SignalAndWait(Safety.Timeout, TestContext.Current.CancellationToken);
            for (var spin = i % 64; spin > 0; spin--)
            {
                Thread.SpinWait(4);
            }

            server.Input.CancelPendingRead();
            Assert.True((await reading.WithinSafetyAsync()).IsCanceled);

            // Not on the loop's thread, which the next round meets at the barrier.
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Bytes_that_are_looked_at_for_longer_are_not_overwritten_by_another_connection()
    {
        await using var loop = new TestLoop();
        var (holder, holderClient) = await loop.ConnectAsync();
        var (other, otherClient) = await loop.ConnectAsync();
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var looking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = HoldBufferAsync();
        TestLoop.Send(holderClient, Encoding.ASCII.GetBytes(new string('h', 1000)));
        await looking.Task.WithinSafetyAsync();
        for (var i = 0; i < 10; i++)
        {
            TestLoop.Send(otherClient, Encoding.ASCII.GetBytes(new string('o', 2000)));
            var result = await TestLoop.ReadAsync(other);
            other.Input.AdvanceTo(result.Buffer.End);
        }

        goOn.SetResult();
        Assert.Equal(new string('h', 1000), await held.WithinSafetyAsync());

        async Task<string> HoldBufferAsync()
        {
            var result = await holder.Input.ReadAsync(TestContext.Current.CancellationToken).ConfigureAwait(false);
            looking.SetResult();
            await goOn.Task.ConfigureAwait(false);
            var text = Text(result);
            holder.Input.AdvanceTo(result.Buffer.End);
            return text;
        }
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(2000, false)]
    public async Task A_command_that_is_looked_at_for_longer_does_not_take_the_buffer_that_all_receive_into(int bytes, bool isBufferTheSame)
    {
        await using var loop = new TestLoop();
        var (holder, holderClient) = await loop.ConnectAsync();
        var (other, otherClient) = await loop.ConnectAsync();
        var before = await ReceiveOnLoopAsync(loop, other, otherClient);
        TestLoop.Send(holderClient, new byte[bytes]);
        var held = await TestLoop.ReadAsync(holder);
        var meanwhile = await ReceiveOnLoopAsync(loop, other, otherClient);

        Assert.Equal(isBufferTheSame, meanwhile == before);
        Assert.NotSame(Storage(held), meanwhile);
        Assert.Equal(new byte[bytes], held.Buffer.ToArray());
        holder.Input.AdvanceTo(held.Buffer.End);
        Assert.Same(meanwhile, await ReceiveOnLoopAsync(loop, other, otherClient));
    }

    [Fact]
    public async Task More_than_one_buffer_full_comes_in_one_event()
    {
        await using var loop = new TestLoop();
        var (server, client) = await loop.ConnectAsync(bufferBytes: 200 * 1024);
        var sent = new byte[(2 * BufferBytes) + 1000];
        new Random(1).NextBytes(sent);
        var first = TestLoop.ReadAsync(server);
        using (var hold = await loop.HoldAsync())
        {
            await client.SendAsync(sent, TestContext.Current.CancellationToken).AsTask().WithinSafetyAsync();
            Assert.True(SpinWait.SpinUntil(() => server.Socket.Available == sent.Length, Safety.Timeout), "the kernel did not take it all");
            hold.Set();
        }

        var received = new List<byte>();
        for (var result = await first; ; result = await TestLoop.ReadAsync(server))
        {
            received.AddRange(result.Buffer.ToArray());
            server.Input.AdvanceTo(result.Buffer.End);
            if (received.Count == sent.Length)
            {
                break;
            }
        }

        Assert.Equal(sent, received);
    }

    [Fact]
    public async Task The_longest_line_that_the_settings_allow_can_be_waited_for_as_a_whole()
    {
        // Setting max-line-bytes goes up to 65536; the framer leaves that and a CR until the LF comes.
        const int Longest = 65536 + 1;
        await using var loop = new TestLoop();
        var (server, client) = await loop.ConnectAsync();
        var sending = client.SendAsync(new byte[Longest], TestContext.Current.CancellationToken).AsTask();
        var result = await TestLoop.ReadAsync(server);
        while (result.Buffer.Length < Longest)
        {
            Assert.False(result.IsCompleted, $"The end of input was seen after {result.Buffer.Length} bytes, though the client goes on");
            server.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            result = await TestLoop.ReadAsync(server);
        }

        await sending;
        server.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        TestLoop.Send(client, "\n"u8);
        var line = await TestLoop.ReadAsync(server);
        Assert.False(line.IsCompleted);
        Assert.Equal(Longest + 1, line.Buffer.Length);
    }

    /// <summary>Reads much on the loop's thread, as sessions do, and says what it was received into.</summary>
    private static async Task<byte[]> ReceiveOnLoopAsync(TestLoop loop, LoopConnection server, Socket client)
    {
        // The socket tells at first that it can be written to.
        await loop.PassAsync();
        var reading = ReadAsync();
        TestLoop.Send(client, Encoding.ASCII.GetBytes(new string('o', 2000)));
        return await reading.WithinSafetyAsync();

        async Task<byte[]> ReadAsync()
        {
            var result = await server.Input.ReadAsync(TestContext.Current.CancellationToken).ConfigureAwait(false);
            server.Input.AdvanceTo(result.Buffer.End);
            return Storage(result);
        }
    }

    private static byte[] Storage(ReadResult result)
    {
        Assert.True(MemoryMarshal.TryGetArray(result.Buffer.First, out var segment));
        return segment.Array!;
    }

    private static string Text(ReadResult result) => Encoding.ASCII.GetString(result.Buffer.ToArray());
}
