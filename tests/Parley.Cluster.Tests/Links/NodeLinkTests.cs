using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.Sockets;
using Parley.Cluster.Links;
using Parley.Cluster.Tests.Support;
using Parley.TestKit;

namespace Parley.Cluster.Tests.Links;

/// <summary>Frames go both ways in order, and a link that cannot be relied on ends.</summary>
public sealed class NodeLinkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Frames_of_any_size_come_in_order_both_ways()
    {
        await using var ends = new LinkEnds();
        await using var guest = await ends.ConnectAsync();
        var home = await ends.AcceptedAsync;
        Assert.Equal(("guest", "home"), (home.Peer.Name, guest.Peer.Name));

        for (var number = 0; number < 2_000; number++)
        {
            guest.Send(Frame(number, 4 + (number % 50)));
            home.Send(Frame(number, number % 500 == 0 ? 3_000_000 : 4));
        }

        AssertInOrder(await ends.AtHome.TakeAsync(2_000));
        var back = await ends.AtGuest.TakeAsync(2_000);
        AssertInOrder(back);
        Assert.Equal(3_000_000, back[500].Length);
        Assert.All(back[500].Skip(4), each => Assert.Equal(7, each));
    }

    [Fact]
    public async Task Links_in_memory_are_as_those_over_TLS()
    {
        var (one, other) = (new ReceivedFrames(), new ReceivedFrames());
        var node = LinkEnds.Node(1, "one", default);
        var (first, second) = MemoryLinks.Create(node, node with { Name = "other" }, _ => one, _ => other);
        Assert.Equal(("other", "one"), (first.Peer.Name, second.Peer.Name));
        for (var number = 0; number < 1_000; number++)
        {
            first.Send(Frame(number, 1_000));
            second.Send(Frame(number, 4));
        }

        AssertInOrder(await other.TakeAsync(1_000));
        AssertInOrder(await one.TakeAsync(1_000));
        await first.DisposeAsync();
        Assert.Equal(LinkEndReason.Closed, (await first.Closed).Reason);
        Assert.Equal(LinkEndReason.Remote, (await second.Closed.WithinSafetyAsync()).Reason);
        await second.DisposeAsync();
    }

    [Fact]
    public async Task A_link_that_is_finished_brings_all_that_was_sent_before()
    {
        await using var ends = new LinkEnds();
        await using var guest = await ends.ConnectAsync();
        for (var number = 0; number < 500; number++)
        {
            guest.Send(Frame(number, 10_000));
        }

        var finished = guest.FinishAsync();
        guest.Send(Frame(500, 4));

        AssertInOrder(await ends.AtHome.TakeAsync(500));
        var home = await ends.AcceptedAsync;
        Assert.Equal(LinkEndReason.Remote, (await home.Closed.WithinSafetyAsync()).Reason);
        await finished.WithinSafetyAsync();
        Assert.Equal(LinkEndReason.Closed, (await guest.Closed).Reason);
        Assert.Equal(500, (await ends.AtHome.TakeAsync(500)).Length);
    }

    [Fact]
    public async Task A_link_that_is_cut_while_much_is_sent_ends_at_both_ends()
    {
        await using var ends = new LinkEnds();
        await using var guest = await ends.ConnectAsync();
        var home = await ends.AcceptedAsync;
        var big = new byte[8_000_000];
        guest.Send(big);
        guest.Send(big);
        home.Close("enough");

        Assert.Equal(LinkEndReason.Remote, (await guest.Closed.WithinSafetyAsync()).Reason);
        guest.Send(big);
        var end = await home.Closed;
        Assert.Equal((LinkEndReason.Closed, "enough"), (end.Reason, end.Text));
    }

    [Fact]
    public async Task Whoever_takes_less_than_it_is_sent_is_cut_off_and_the_sender_never_waits()
    {
        var (transport, _) = LinkTransport.Pair();
        await using var link = new NodeLink(LinkEnds.Node(1, "slow", default), transport, new LinkOptions { MaxPendingBytes = 1_000_000 }, TimeProvider.System);
        link.Start(new ReceivedFrames());

        for (var number = 0; number < 10; number++)
        {
            Assert.False(link.Closed.IsCompleted);
            link.Send(new byte[100_000]);
        }

        var end = await link.Closed.WithinSafetyAsync();
        Assert.Equal((LinkEndReason.TooSlow, "node slow takes less than it is sent"), (end.Reason, end.Text));
    }

    [Fact]
    public async Task Whoever_says_nothing_is_cut_off_and_whoever_says_that_it_is_there_is_not()
    {
        var time = new ManualTimeProvider();
        var options = new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1);
        var (toLink, fromLink) = (new Pipe(options), new Pipe());
        var transport = new LinkTransport(toLink.Reader, fromLink.Writer.AsStream(), () => Task.CompletedTask, () => { });
        await using var link = new NodeLink(LinkEnds.Node(1, "other", default), transport, new LinkOptions(), time);
        link.Start(new ReceivedFrames());

        for (var second = 0; second < 10; second++)
        {
            // It is done when the link has taken it.
            await toLink.Writer.WriteAsync(new byte[4], Token).AsTask().WithinSafetyAsync();
            time.Advance(TimeSpan.FromSeconds(1));
            var said = await fromLink.Reader.ReadAtLeastAsync(4, Token);
            Assert.Equal(new byte[4], said.Buffer.ToArray());
            fromLink.Reader.AdvanceTo(said.Buffer.End);
        }

        Assert.False(link.Closed.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(LinkEndReason.Silent, (await link.Closed.WithinSafetyAsync()).Reason);
    }

    [Fact]
    public async Task Whoever_takes_long_over_a_frame_takes_nobody_for_silent()
    {
        var time = new ManualTimeProvider();
        var entered = new TaskCompletionSource();
        using var held = new ManualResetEventSlim();
        var (transport, other) = LinkTransport.Pair();
        var frames = new ReceivedFrames
        {
            OnFrame = _ =>
            {
                entered.TrySetResult();
                Assert.True(held.Wait(Safety.Timeout, Token));
            },
        };
        await using var link = new NodeLink(LinkEnds.Node(1, "other", default), transport, new LinkOptions(), time);
        link.Start(frames);
        await other.Output.WriteAsync(Raw(4, new byte[4]), Token);
        await other.Output.WriteAsync(Raw(4, new byte[4]), Token);

        await entered.Task.WithinSafetyAsync();
        time.Advance(TimeSpan.FromSeconds(60));
        held.Set();

        await frames.TakeAsync(2);
        Assert.False(link.Closed.IsCompleted);
    }

    [Fact]
    public async Task A_frame_that_is_too_long_ends_the_link_before_it_has_come()
    {
        var (transport, other) = LinkTransport.Pair();
        await using var link = new NodeLink(LinkEnds.Node(1, "other", default), transport, new LinkOptions { MaxFrameBytes = 1_000 }, TimeProvider.System);
        var frames = new ReceivedFrames();
        link.Start(frames);

        await other.Output.WriteAsync(Raw(1_000, new byte[1_000]), Token);
        await other.Output.WriteAsync(Raw(1_001, []), Token);

        Assert.Equal(LinkEndReason.BadFrame, (await link.Closed.WithinSafetyAsync()).Reason);
        Assert.Single(await frames.TakeAsync(1));
        Assert.Throws<ArgumentException>(() => link.Send(new byte[1_001]));
        Assert.Throws<ArgumentException>(() => link.Send([]));
    }

    [Fact]
    public async Task A_frame_that_is_cut_short_is_not_handed_over()
    {
        await using var ends = new LinkEnds();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(ends.Listener.EndPoint, Token);
        await using (var stream = await LinkTls.ConnectAsync(socket, ends.GuestCertificate, ends.Home.Certificate, Token))
        {
            await stream.WriteAsync(Raw(4, new byte[4]), Token);
            await stream.WriteAsync(Raw(100, new byte[50]), Token);
            await stream.ShutdownAsync();
            socket.Shutdown(SocketShutdown.Send);

            // What is not read here by the time of the end would have what was sent thrown away there.
            await Record.ExceptionAsync(() => stream.CopyToAsync(Stream.Null, Token).WithinSafetyAsync());
        }

        var home = await ends.AcceptedAsync;
        var end = await home.Closed.WithinSafetyAsync();
        Assert.Equal((LinkEndReason.Remote, "node guest has closed the link within a frame"), (end.Reason, end.Text));
        Assert.Single(await ends.AtHome.TakeAsync(1));
    }

    [Fact]
    public async Task A_frame_that_cannot_be_handled_ends_the_link_and_not_the_process()
    {
        await using var ends = new LinkEnds();
        ends.AtHome.OnFrame = _ => throw new InvalidOperationException("what is this?");
        await using var guest = await ends.ConnectAsync();

        guest.Send("hello"u8);

        var end = await (await ends.AcceptedAsync).Closed.WithinSafetyAsync();
        Assert.Equal((LinkEndReason.Failed, "what node guest sent cannot be handled: what is this?"), (end.Reason, end.Text));
        Assert.Equal(LinkEndReason.Remote, (await guest.Closed.WithinSafetyAsync()).Reason);
    }

    private static byte[] Raw(int length, byte[] payload)
    {
        var frame = new byte[4 + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, length);
        payload.CopyTo(frame, 4);
        return frame;
    }

    private static byte[] Frame(int number, int length)
    {
        var frame = new byte[length];
        frame.AsSpan().Fill(7);
        BinaryPrimitives.WriteInt32LittleEndian(frame, number);
        return frame;
    }

    private static void AssertInOrder(byte[][] frames)
        => Assert.Equal(Enumerable.Range(0, frames.Length), frames.Select(frame => BinaryPrimitives.ReadInt32LittleEndian(frame)));
}
