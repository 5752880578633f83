using System.Threading.Channels;
using Parley.Cli.Load;

namespace Parley.Cli.Bench;

/// <summary>One run of a scenario, from when all clients are in their rooms until they have left.</summary>
internal sealed class BenchRun
{
    private const int EnteringAtOnce = 32;

    // An open loop's last messages may be a little late; a server that is far behind does not get to see the rest.
    private static readonly TimeSpan LatestSend = TimeSpan.FromSeconds(1);

    private readonly BenchOptions _options;
    private readonly LoadClient[] _clients;
    private readonly TimeProvider _time;
    private RunClock? _clock;

    private BenchRun(BenchOptions options, LoadClient[] clients, byte[] tag, TimeProvider time)
    {
        _options = options;
        _clients = clients;
        _time = time;
        Senders = [.. clients.Take(options.Senders).Select((client, i) => new BenchSender(client, i, options, tag))];
        ILookup<int, BenchSender> byRoom = Enumerable.Range(0, options.Senders).ToLookup(i => i % options.Rooms, i => Senders[i]);
        IReadOnlyList<BenchSender>[] inRoom = [.. Enumerable.Range(0, options.Rooms).Select(room => byRoom[room].ToArray())];
        Receivers = [.. clients.Select((client, i) => new BenchReceiver(
            client, inRoom[i % options.Rooms], i < options.Senders ? Senders[i] : null, options, tag))];
    }

    public IReadOnlyList<BenchSender> Senders { get; }

    public IReadOnlyList<BenchReceiver> Receivers { get; }

    /// <summary>Of every delivery whose message was due while it was measured.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>Delays between the time at which a message of an open loop was due and its sending: the tool's own share of the latency.</summary>
    public LatencyHistogram Lateness { get; } = new();

    /// <summary>Since the senders were let go; 0 before.</summary>
    public TimeSpan Elapsed => _clock?.Elapsed ?? TimeSpan.Zero;

    /// <summary>For how long it has measured.</summary>
    public TimeSpan Measured { get; private set; }

    /// <summary>Messages of an open loop that were due while it was measured, and not sent, as the senders were too far behind.</summary>
    public long Unsent { get; private set; }

    /// <summary>Connects all clients and brings them into their rooms.</summary>
    /// <exception cref="AdmissionException">One did not get in.</exception>
    public static async Task<BenchRun> EnterAsync(BenchOptions options, Action entered, TimeProvider time, CancellationToken stop)
    {
        string[] rooms = [.. Enumerable.Range(0, options.Clients).Select(options.RoomOf)];
        LoadClient[] clients =
            await LoadClient.EnterAllAsync(options.Server, rooms, EnteringAtOnce, entered, time, stop).ConfigureAwait(false);
        return new BenchRun(options, clients, BenchMessage.NewTag(), time);
    }

    /// <summary>Runs until its time is up, or <paramref name="stop"/> is asked for; then waits for what is under way.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var clock = _clock = new RunClock(_time);
        using var leave = new CancellationTokenSource();
        using var stopSending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task listening = Task.WhenAll(Receivers.Select(receiver => receiver.ListenAsync(clock, Latency, leave.Token)));
        var pacer = new Pacer(_options.RatePerSecond, _options.Ramp);
        var pacing = new PacingThread(pacer, _options.MeasureTo, _options.Senders);
        Task sending = Task.WhenAll(Senders.Select((sender, i) => SendAsync(sender, pacing.TurnsOf(i), clock, stopSending.Token)));
        if (_options.IsOpenLoop)
        {
            pacing.Start(clock, stopSending.Token);
        }

        stopSending.CancelAfter(_options.MeasureTo + (_options.IsOpenLoop ? LatestSend : TimeSpan.Zero));

        await Task.WhenAny(sending, listening).ConfigureAwait(false);
        TimeSpan end = clock.Elapsed < _options.MeasureTo ? clock.Elapsed : _options.MeasureTo;
        Measured = end > _options.MeasureFrom ? end - _options.MeasureFrom : TimeSpan.Zero;
        await stopSending.CancelAsync().ConfigureAwait(false);
        await sending.ConfigureAwait(false);
        if (_options.IsOpenLoop && end == _options.MeasureTo)
        {
            Unsent = Math.Max(0, (long)pacer.DueBefore(end) - Senders.Sum(sender => sender.Sent));
        }

        await DrainWait.WaitAsync(() => Receivers.Sum(receiver => receiver.Missing), _options.Drain, _time).ConfigureAwait(false);
        await leave.CancelAsync().ConfigureAwait(false);
        await listening.ConfigureAwait(false);
        await LoadClient.CloseAllAsync(_clients).ConfigureAwait(false);
    }

    private async Task SendAsync(BenchSender sender, ChannelReader<TimeSpan> turns, RunClock clock, CancellationToken stop)
    {
        try
        {
            await (_options.IsOpenLoop
                ? sender.SendPacedAsync(turns, clock, Lateness, stop)
                : sender.SendInWindowAsync(clock, stop)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Stopped, or without a connection, which the listening side tells of.
        }
    }
}
