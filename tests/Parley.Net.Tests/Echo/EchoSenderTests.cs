using System.Net;
using System.Net.Sockets;
using System.Text;
using Parley.Net.Echo;
using Parley.Net.Tests.Support;
using Parley.TestKit;

namespace Parley.Net.Tests.Echo;

public sealed class EchoSenderTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData(1, 100, EchoLoad.MinLineBytes)]
    [InlineData(20, 20, 5_000)]
    [InlineData(2, 3, 60_000)]
    public async Task Everything_comes_back_from_an_echo_server(int clients, int lines, int bytes)
    {
        await using EchoServer server = EchoServer.Start(new IPEndPoint(IPAddress.Loopback, 0));
        EchoReport report = await new EchoSender(new EchoLoad { Clients = clients, LinesPerClient = lines, LineBytes = bytes })
            .SendAsync(server.EndPoint, Ending);

        long all = clients * lines;
        Assert.True(report.IsClean, string.Join(' ', report.Failures.Keys));
        Assert.Equal((clients, all, all), (report.Connected, report.Sent, report.Returned));
        Assert.Equal((all, all), (report.RoundTrips.Count, server.Lines));
        Assert.True(report.RoundTrips.Percentile(50) > TimeSpan.Zero);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_line_that_comes_back_changed_is_noticed()
    {
        await using TestListener liar = Answering(line => line.Replace("abc", "xyz", StringComparison.Ordinal));
        EchoReport report = await SendAsync(liar.EndPoint);

        Assert.Equal((1, 0, 1, 0), (report.Sent, report.Returned, report.Wrong, report.Lost));
        Assert.Equal("something else came back than was sent", Assert.Single(report.Failures).Key);
        Assert.False(report.IsClean);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_answer_that_is_too_short_is_wrong()
    {
        await using TestListener brief = Answering(_ => "ok\n");
        Assert.Equal(1, (await SendAsync(brief.EndPoint)).Wrong);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_server_that_closes_loses_the_line()
    {
        await using TestListener closing = Answering(_ => "");
        EchoReport report = await SendAsync(closing.EndPoint);

        Assert.Equal((1, 0, 0, 1), (report.Sent, report.Returned, report.Wrong, report.Lost));
        Assert.Equal("the server closed the connection", Assert.Single(report.Failures).Key);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_server_that_resets_loses_the_line()
    {
        await using var resetting = new TestListener(async (socket, token) =>
        {
            await socket.ReceiveAsync(new byte[10], token);
            TestListener.Reset(socket);
        });
        EchoReport report = await SendAsync(resetting.EndPoint);
        Assert.Equal((1, 1), (report.Lost, report.Failures.Count));
    }

    [Fact(Timeout = 60_000)]
    public async Task Without_a_server_every_client_fails_and_says_why()
    {
        var nobody = new IPEndPoint(IPAddress.Loopback, TestListener.FreePort());
        EchoReport report = await new EchoSender(new EchoLoad { Clients = 5 }).SendAsync(nobody, Ending);

        Assert.Equal((0, 0), (report.Connected, report.Sent));
        Assert.Equal(5, Assert.Single(report.Failures).Value);
        Assert.False(report.IsClean);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_answer_that_does_not_come_is_a_timeout()
    {
        var clock = new ManualTimeProvider();
        var heard = new TaskCompletionSource();
        await using var silent = new TestListener(async (socket, token) =>
        {
            await socket.ReceiveAsync(new byte[100], token);
            heard.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        });
        Task<EchoReport> sending = new EchoSender(new EchoLoad { Timeout = TimeSpan.FromSeconds(3) }, clock).SendAsync(silent.EndPoint, Ending);

        await heard.Task.WithinSafetyAsync();
        clock.Advance(TimeSpan.FromSeconds(3));
        EchoReport report = await sending.WithinSafetyAsync();
        Assert.Equal("no answer in time", Assert.Single(report.Failures).Key);
    }

    [Fact]
    public void A_line_too_short_for_its_numbers_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new EchoLoad { LineBytes = EchoLoad.MinLineBytes - 1 });

    private static Task<EchoReport> SendAsync(IPEndPoint server) => new EchoSender(new EchoLoad { LinesPerClient = 3 }).SendAsync(server, Ending);

    /// <summary>Answers a client's first line; with nothing, it closes.</summary>
    private static TestListener Answering(Func<string, string> answer) => new(async (socket, token) =>
    {
        byte[] line = new byte[64];
        int length = 0;
        while (length < line.Length)
        {
            length += await socket.ReceiveAsync(line.AsMemory(length), token);
        }

        await socket.SendAsync(Encoding.ASCII.GetBytes(answer(Encoding.ASCII.GetString(line))), token);
        if (answer("") != "")
        {
            await socket.ReceiveAsync(line.AsMemory(), token);
        }
    });
}
