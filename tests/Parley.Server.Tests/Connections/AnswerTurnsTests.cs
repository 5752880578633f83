using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Server.Connections;
using Parley.Server.Lines;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Connections;

public sealed class AnswerTurnsTests
{
    /// <summary>More than one send takes.</summary>
    private const int SliceBytes = 20_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(8, 7)]
    public void One_processor_if_there_are_two_is_left_for_everybody_else(int processors, int atOnce)
        => Assert.Equal(atOnce, AnswerTurns.AtOnce(processors));

    [Fact]
    public async Task Slices_of_many_are_worked_on_one_after_the_other_in_the_order_of_asking()
    {
        using var turns = new AnswerTurns(atOnce: 1);
        var first = new TaskCompletionSource<int>();
        var begun = new List<int>();
        var work = Enumerable.Range(0, 3).Select(number => turns.RunAsync(_ => BeginAsync(number), Token).AsTask()).ToArray();
        using var gone = new CancellationTokenSource();
        var dropped = turns.RunAsync(_ => BeginAsync(7), gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dropped.WithinSafetyAsync());
        Assert.DoesNotContain(1, begun);

        first.SetResult(0);

        await Task.WhenAll(work).WithinSafetyAsync();
        Assert.Equal([0, 1, 2], begun);

        async ValueTask<int> BeginAsync(int number)
        {
            begun.Add(number);
            return await first.Task;
        }
    }

    [Fact]
    public async Task Who_does_not_read_costs_one_slice_and_who_reads_gets_the_next_as_it_reads()
    {
        using var turns = new AnswerTurns(atOnce: 1);
        var reader = new Reader();
        var slices = 0;
        var answering = turns.AnswerAsync(reader.Outbox, _ => new(Answer()), Token).AsTask();
        await reader.UntilWaitingAsync(SliceBytes);
        Assert.Equal(1, slices);

        reader.Take(SliceBytes);
        await reader.UntilWaitingAsync(SliceBytes);
        Assert.Equal(2, slices);

        reader.Take(SliceBytes);
        await answering.WithinSafetyAsync();
        Assert.Equal(3, slices);

        // The next answer is not begun while this one waits.
        var next = turns.AnswerAsync(reader.Outbox, _ => new(Answer()), Token).AsTask();
        Assert.False(next.IsCompleted);
        Assert.Equal(3, slices);
        reader.Take(SliceBytes);
        await next.WithinSafetyAsync();
        Assert.Equal(4, slices);

        bool Answer()
        {
            reader.Session.Reply(new byte[SliceBytes]);
            return ++slices < 3;
        }
    }

    [Fact]
    public async Task Who_is_gone_costs_nothing_be_it_while_it_waits_for_its_turn_or_is_waited_for()
    {
        using var turns = new AnswerTurns(atOnce: 1);
        Reader waiting = new(), awaited = new();
        awaited.Session.Reply(new byte[SliceBytes]);
        var other = new TaskCompletionSource<bool>();
        var turn = turns.RunAsync(async _ => await other.Task, Token).AsTask();
        var answering = new[] { waiting, awaited }.Select(reader => turns.AnswerAsync(reader.Outbox, _ => throw new InvalidOperationException("Nobody reads it"), Token).AsTask()).ToArray();
        Assert.All(answering, answer => Assert.False(answer.IsCompleted));

        waiting.Outbox.Abort();
        awaited.Outbox.Abort();
        other.SetResult(true);

        await turn.WithinSafetyAsync();
        await Task.WhenAll(answering).WithinSafetyAsync();
    }

    [Fact]
    public async Task A_server_that_stops_waits_for_no_reader()
    {
        using var stopping = new CancellationTokenSource();
        using var turns = new AnswerTurns(atOnce: 1, stopping.Token);
        var reader = new Reader();
        var answering = turns.AnswerAsync(reader.Outbox, _ => Answer(), Token).AsTask();
        await reader.UntilWaitingAsync(SliceBytes);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answering.WithinSafetyAsync());

        ValueTask<bool> Answer()
        {
            reader.Session.Reply(new byte[SliceBytes]);
            return new(true);
        }
    }

    [Fact]
    public async Task A_slice_that_fails_leaves_its_place_to_the_next()
    {
        using var turns = new AnswerTurns(atOnce: 1);

        await Assert.ThrowsAsync<InvalidOperationException>(() => turns.RunAsync<int>(_ => throw new InvalidOperationException(), Token).AsTask());

        Assert.Equal(3, await turns.RunAsync(_ => new ValueTask<int>(3), Token).AsTask().WithinSafetyAsync());
    }

    /// <summary>A session whose connection takes as many bytes as the test says.</summary>
    private sealed class Reader : IOutboxSink
    {
        private int _room;

        public Reader() => Outbox.Open(this);

        public Session Session { get; } = new(new LinesFlavor(TimeProvider.System), new OutboxOptions());

        public Outbox Outbox => Session.Outbox;

        public void Take(int bytes)
        {
            _room = bytes;
            Outbox.Resume();
        }

        public int Write(ReadOnlySpan<byte> bytes)
        {
            var taken = Math.Min(_room, bytes.Length);
            _room -= taken;
            return taken;
        }

        public Task UntilWaitingAsync(int bytes)
            => Until.TrueAsync(() => Outbox.WaitingBytes == bytes && !Outbox.WhenTakenAsync().IsCompleted, () => $"{Outbox.WaitingBytes} bytes wait");
    }
}
