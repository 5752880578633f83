using System.Net;
using System.Net.Sockets;
using Parley.Net.Sweep;
using Parley.Net.Tests.Support;
using Parley.TestKit;

namespace Parley.Net.Tests.Sweep;

public sealed class TcpProbeTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Where_somebody_listens_a_connection_is_an_answer()
    {
        await using var listener = new TestListener((_, _) => Task.CompletedTask);
        Assert.Equal(ProbeReplyKind.Answered, (await ProbeAsync(listener.Port)).Kind);
    }

    [Fact(Timeout = 60_000)]
    public async Task Where_nobody_listens_the_host_refuses()
    {
        ProbeReply reply = await ProbeAsync(TestListener.FreePort());
        Assert.Equal((ProbeReplyKind.Refused, true), (reply.Kind, reply.IsThere));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("Server commands\n  /help - print this message\n", ProbeReplyKind.Answered, null)]
    [InlineData("Server commands\r\n", ProbeReplyKind.Answered, null)]
    [InlineData("220 mail\n", ProbeReplyKind.Other, "says: 220 mail")]
    [InlineData("half", ProbeReplyKind.Other, "says: half")]
    [InlineData("", ProbeReplyKind.Other, "connected, said nothing")]
    public async Task A_greeting_tells_what_is_there(string said, ProbeReplyKind kind, string? detail)
    {
        await using var listener = new TestListener(async (socket, token) => await socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(said), token));
        ProbeReply reply = await ProbeAsync(listener.Port, "Server commands");
        Assert.Equal((kind, detail), (reply.Kind, reply.Detail));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_flood_without_a_line_end_is_something_else()
    {
        await using var listener = new TestListener(async (socket, token) =>
        {
            try
            {
                while (true)
                {
                    await socket.SendAsync(new byte[10_000], token);
                }
            }
            catch (SocketException)
            {
                // It heard enough.
            }
        });
        Assert.Equal("speaks something else", (await ProbeAsync(listener.Port, "Server commands")).Detail);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reset_in_place_of_a_greeting_is_a_refusal()
    {
        await using var listener = new TestListener((socket, _) =>
        {
            TestListener.Reset(socket);
            return Task.CompletedTask;
        });
        Assert.Equal(ProbeReplyKind.Refused, (await ProbeAsync(listener.Port, "Server commands")).Kind);
    }

    [Fact(Timeout = 60_000)]
    public async Task Whoever_connects_and_says_nothing_is_waited_for_until_the_timeout()
    {
        var clock = new ManualTimeProvider();
        var accepted = new TaskCompletionSource();
        await using var listener = new TestListener(async (_, token) =>
        {
            accepted.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        });
        Task<ProbeReply> probing = ProbeAsync(listener.Port, "Server commands", clock);
        await accepted.Task.WithinSafetyAsync();
        await clock.WhenTimersArmedAsync(1);

        // Moved until it is over: the probe may not have noticed yet that it is connected.
        clock.Advance(TimeSpan.FromSeconds(5));
        ProbeReply reply = await probing.WithinSafetyAsync();
        Assert.Contains(reply.Kind, new[] { ProbeReplyKind.Other, ProbeReplyKind.Silent });
    }

    [Fact(Timeout = 60_000)]
    public async Task A_host_that_does_not_take_the_connection_is_silent()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux leaves a connection unanswered when the queue is full");
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        using var first = new TcpClient();
        await first.ConnectAsync((IPEndPoint)full.LocalEndPoint!, Ending);

        var probe = new TcpProbe(((IPEndPoint)full.LocalEndPoint!).Port, TimeSpan.FromMilliseconds(100));
        Assert.Equal(ProbeReplyKind.Silent, (await probe.ProbeAsync(IPAddress.Loopback, Ending)).Kind);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_cancelled_probe_has_no_reply()
    {
        var probe = new TcpProbe(1, TimeSpan.FromSeconds(5));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe.ProbeAsync(IPAddress.Loopback, new CancellationToken(canceled: true)).AsTask());
    }

    private static Task<ProbeReply> ProbeAsync(int port, string? greeting = null, TimeProvider? clock = null) =>
        new TcpProbe(port, TimeSpan.FromSeconds(5), greeting, clock ?? new ManualTimeProvider()).ProbeAsync(IPAddress.Loopback, Ending).AsTask().WithinSafetyAsync();
}
