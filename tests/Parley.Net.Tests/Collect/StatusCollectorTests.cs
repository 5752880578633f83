using System.Net;
using System.Threading.Channels;
using Parley.Net.Collect;
using Parley.Net.Tests.Support;
using Parley.TestKit;

namespace Parley.Net.Tests.Collect;

public sealed class StatusCollectorTests : IAsyncDisposable
{
    private readonly ListSink _sink = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly StatusCollector _collector;

    public StatusCollectorTests() => _collector = StatusCollector.Start(
        new IPEndPoint(IPAddress.Loopback, 0), _sink, new StatusCollectorOptions { MaxLineBytes = 20, MaxSenders = 3 }, _clock);

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _collector.DisposeAsync();

    [Fact(Timeout = 60_000)]
    public async Task A_line_is_kept_with_its_time_and_sender_and_answered_ok()
    {
        using LineConversation sender = await LineConversation.StartAsync(_collector.EndPoint);
        await sender.SayAsync("backup done\r\n");
        Assert.Equal("ok", await sender.HearAsync());

        StatusLine line = await _sink.NextAsync();
        Assert.Equal(new StatusLine(_clock.GetUtcNow(), new IPEndPoint(IPAddress.Loopback, sender.LocalPort), "backup done"), line);
        Assert.Equal(1, _collector.Lines);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_follows_the_last_line_end_is_a_line()
    {
        using LineConversation sender = await LineConversation.StartAsync(_collector.EndPoint);
        await sender.SayAsync("one\ntwo");
        sender.EndInput();
        Assert.Equal("ok\nok\n", await sender.HearToEndAsync());
        Assert.Equal(["one", "two"], [(await _sink.NextAsync()).Text, (await _sink.NextAsync()).Text]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Each_bad_line_has_an_error_of_its_own_and_the_next_is_taken()
    {
        using LineConversation sender = await LineConversation.StartAsync(_collector.EndPoint);
        await sender.SayAsync(new string('x', 21) + "\n\n  \n\xff\ngood\n");

        Assert.Equal("error: a status can only be 20 bytes long", await sender.HearAsync());
        Assert.Equal("error: the status is empty", await sender.HearAsync());
        Assert.Equal("error: the status is empty", await sender.HearAsync());
        Assert.Equal("error: a status must be UTF-8", await sender.HearAsync());
        Assert.Equal("ok", await sender.HearAsync());
        Assert.Equal("good", (await _sink.NextAsync()).Text);
    }

    [Fact(Timeout = 60_000)]
    public async Task Senders_that_stall_reset_or_leave_stop_nobody()
    {
        using LineConversation stalling = await LineConversation.StartAsync(_collector.EndPoint);
        await stalling.SayAsync("half a li");
        using (LineConversation resetting = await LineConversation.StartAsync(_collector.EndPoint))
        {
            await resetting.SayAsync("a\n");
            TestListener.Reset(resetting.Client.Client);
        }

        Assert.Equal("a", (await _sink.NextAsync()).Text);
        using LineConversation good = await LineConversation.StartAsync(_collector.EndPoint);
        await good.SayAsync("b\n");
        Assert.Equal("ok", await good.HearAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task Ok_comes_only_when_the_line_is_kept_and_a_sink_that_fails_is_told()
    {
        using LineConversation sender = await LineConversation.StartAsync(_collector.EndPoint);
        _sink.Error = new IOException("No space left\non device");
        await sender.SayAsync("lost\n");
        Assert.Equal("error: not written: No space left on device", await sender.HearAsync());

        _sink.Error = null;
        await sender.SayAsync("kept\n");
        Assert.Equal("ok", await sender.HearAsync());
        Assert.Equal("kept", (await _sink.NextAsync()).Text);
        Assert.Equal(1, _collector.Lines);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_sink_gets_one_line_at_a_time()
    {
        LineConversation[] senders = [.. await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => LineConversation.StartAsync(_collector.EndPoint)))];
        await Task.WhenAll(senders.Select(async sender =>
        {
            await sender.SayAsync(string.Concat(Enumerable.Repeat("line\n", 100)));
            for (int i = 0; i < 100; i++)
            {
                Assert.Equal("ok", await sender.HearAsync());
            }
        }));
        Array.ForEach(senders, sender => sender.Dispose());

        Assert.Equal(300, _collector.Lines);
        Assert.False(_sink.WasEnteredTwice);
    }

    [Fact(Timeout = 60_000)]
    public async Task One_sender_too_many_is_told_so()
    {
        List<LineConversation> senders = [];
        for (int i = 0; i < 3; i++)
        {
            senders.Add(await LineConversation.StartAsync(_collector.EndPoint));
            await senders[i].SayAsync("here\n");
            Assert.Equal("ok", await senders[i].HearAsync());
        }

        using LineConversation refused = await LineConversation.StartAsync(_collector.EndPoint);
        Assert.Equal("error: 3 are connected already, try again later\n", await refused.HearToEndAsync());
        senders.ForEach(sender => sender.Dispose());
    }

    private sealed class ListSink : IStatusSink
    {
        private readonly Channel<StatusLine> _lines = Channel.CreateUnbounded<StatusLine>();
        private int _inside;

        public Exception? Error { get; set; }

        public bool WasEnteredTwice { get; private set; }

        public async ValueTask WriteAsync(StatusLine line, CancellationToken cancellationToken)
        {
            WasEnteredTwice |= Interlocked.Increment(ref _inside) != 1;
            await Task.Yield();
            Interlocked.Decrement(ref _inside);
            if (Error is not null)
            {
                throw Error;
            }

            await _lines.Writer.WriteAsync(line, cancellationToken);
        }

        public Task<StatusLine> NextAsync() => _lines.Reader.ReadAsync(Ending).AsTask().WithinSafetyAsync();
    }
}
