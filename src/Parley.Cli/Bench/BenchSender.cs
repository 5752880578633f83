using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Parley.Cli.Load;

namespace Parley.Cli.Bench;

/// <summary>One client that talks, in an open or in a closed loop.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing.")]
internal sealed class BenchSender
{
    private readonly LoadClient _client;
    private readonly BenchOptions _options;
    private readonly byte[] _tag;
    private readonly byte[] _text;
    private readonly int _index;
    private readonly int _indexInRoom;
    private readonly SemaphoreSlim _window;
    private long _sent;
    private long _sentInTime;

    /// <param name="client">Its connection.</param>
    /// <param name="index">Which of all senders it is.</param>
    /// <param name="options">The scenario.</param>
    /// <param name="tag">Of this run.</param>
    public BenchSender(LoadClient client, int index, BenchOptions options, byte[] tag)
    {
        _client = client;
        _options = options;
        _index = index;
        _indexInRoom = index / options.Rooms;
        _tag = tag;
        _text = new byte[options.SizeBytes];
        _window = new SemaphoreSlim(options.Window);
    }

    /// <summary>Number of messages sent, including one that is being sent.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Number of messages in <see cref="Sent"/> that were due during the measured time.</summary>
    public long SentInTime => Volatile.Read(ref _sentInTime);

    /// <summary>Open loop: sends a message at each of its turns, or as soon as possible after that.</summary>
    /// <param name="turns">When its messages are due.</param>
    /// <param name="clock">The time.</param>
    /// <param name="lateness">Takes how late each was sent.</param>
    /// <param name="stop">Ends it before its time.</param>
    public async Task SendPacedAsync(ChannelReader<TimeSpan> turns, RunClock clock, LatencyHistogram lateness, CancellationToken stop)
    {
        await foreach (TimeSpan due in turns.ReadAllAsync(stop).ConfigureAwait(false))
        {
            if (due >= _options.MeasureFrom)
            {
                lateness.Record(clock.Elapsed - due);
            }

            await SendAsync(due, stop).ConfigureAwait(false);
        }

        // Measuring goes on, though nothing more is due.
        await clock.WaitUntilAsync(_options.MeasureTo, stop).ConfigureAwait(false);
    }

    /// <summary>Closed loop: sends the next message as soon as the window has room for it.</summary>
    public async Task SendInWindowAsync(RunClock clock, CancellationToken stop)
    {
        // The load grows by one sender after the other.
        await clock.WaitUntilAsync(_options.Ramp * _index / _options.Senders, stop).ConfigureAwait(false);
        while (true)
        {
            await _window.WaitAsync(stop).ConfigureAwait(false);
            TimeSpan now = clock.Elapsed;
            if (now >= _options.MeasureTo)
            {
                return;
            }

            await SendAsync(now, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Its own messages came back, or will not any more: so many may follow.</summary>
    public void Release(long messages) => _window.Release((int)messages);

    private async ValueTask SendAsync(TimeSpan due, CancellationToken stop)
    {
        new BenchMessage(_indexInRoom, _sent, due).Write(_tag, _text);
        // Counted before it is sent, as its echo may be faster than the return from the send.
        Count(due, 1);
        try
        {
            await _client.SayAsync(_text, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Without its end, the line is none.
            Count(due, -1);
            throw;
        }
    }

    private void Count(TimeSpan due, int messages)
    {
        Volatile.Write(ref _sent, _sent + messages);
        if (due >= _options.MeasureFrom)
        {
            Volatile.Write(ref _sentInTime, _sentInTime + messages);
        }
    }
}
