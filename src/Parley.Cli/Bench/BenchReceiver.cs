using System.Buffers;
using Parley.Cli.Load;
using Parley.Protocol.Lines;

namespace Parley.Cli.Bench;

/// <summary>One client that listens: checks what comes, and takes its latency. Every client does, also those that talk.</summary>
internal sealed class BenchReceiver
{
    private readonly LoadClient _client;
    private readonly BenchOptions _options;
    private readonly BenchSender? _self;
    private readonly byte[] _tag;
    private long _receivedInTime;
    private long _errors;

    /// <param name="client">Its connection.</param>
    /// <param name="senders">Those who talk in its room.</param>
    /// <param name="self">It, if it talks itself.</param>
    /// <param name="options">The scenario.</param>
    /// <param name="tag">Of this run.</param>
    public BenchReceiver(LoadClient client, IReadOnlyList<BenchSender> senders, BenchSender? self, BenchOptions options, byte[] tag)
    {
        _client = client;
        Senders = senders;
        _self = self;
        _options = options;
        _tag = tag;
        Check = new DeliveryCheck(senders.Count);
    }

    /// <summary>Those who talk in its room; one list for all of the room.</summary>
    public IReadOnlyList<BenchSender> Senders { get; }

    /// <summary>Check of the messages that this client has received.</summary>
    public DeliveryCheck Check { get; }

    public Traffic Traffic => _client.Traffic;

    /// <summary>Number of messages received during the measured time, whenever they were sent.</summary>
    public long ReceivedInTime => Volatile.Read(ref _receivedInTime);

    /// <summary>Lines in which the server complains.</summary>
    public long Errors => Volatile.Read(ref _errors);

    /// <summary>The first of them.</summary>
    public string? FirstError { get; private set; }

    /// <summary>Why the connection ended, if it was not asked to.</summary>
    public string? Failure { get; private set; }

    /// <summary>Messages that were sent in its room and have not come; after a lost connection, those known not to come.</summary>
    public long Missing => Check.Missing(Failure is null ? sender => Senders[sender].Sent : null);

    /// <summary>Listens until it is told to leave, or the connection ends.</summary>
    public async Task ListenAsync(RunClock clock, LatencyHistogram latency, CancellationToken leave)
    {
        try
        {
            await foreach (ReadOnlySequence<byte> lines in _client.ReadBytesAsync(leave).ConfigureAwait(false))
            {
                // What came together came now, whatever the last of it has to wait for its turn here.
                Receive(lines, clock.Elapsed, latency);
            }

            Failure = "the server closed a connection" + (FirstError is null ? "" : $": {FirstError}");
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            Failure = $"a connection was lost: {(e.InnerException ?? e).Message}";
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // Told to leave.
        }
    }

    private void Receive(in ReadOnlySequence<byte> lines, TimeSpan now, LatencyHistogram latency)
    {
        var reader = new SequenceReader<byte>(lines);
        while (reader.TryReadTo(out ReadOnlySpan<byte> line, (byte)'\n'))
        {
            line = line is [.., (byte)'\r'] ? line[..^1] : line;
            int text = _client.TextIn(line);
            if (text > 1 && BenchMessage.TryParse(line[text..], _tag, _options.SizeBytes, out BenchMessage message)
                && message.Sender < Senders.Count)
            {
                Receive(message, now, latency);
            }
            else
            {
                Receive(_client.Parse(line));
            }
        }
    }

    private void Receive(in BenchMessage message, TimeSpan now, LatencyHistogram latency)
    {
        long next = Check.NextOf(message.Sender);
        Check.See(message.Sender, message.Number);
        if (message.Due >= _options.MeasureFrom)
        {
            latency.Record(now - message.Due);
        }

        if (now >= _options.MeasureFrom && now < _options.MeasureTo)
        {
            Volatile.Write(ref _receivedInTime, _receivedInTime + 1);
        }

        // One that was lost leaves the window when a later one comes, so that a single loss does not stop the sender.
        if (_self is not null && Senders[message.Sender] == _self && Check.NextOf(message.Sender) is var following && following > next)
        {
            _self.Release(following - next);
        }
    }

    private void Receive(in ServerLine line)
    {
        if (line.Kind == ServerLineKind.Dropped)
        {
            Check.SeeDropped(line.Count);
        }
        else if (line is { Kind: ServerLineKind.Message, Time: null })
        {
            Check.SeeForeign();
        }
        else if (line.Kind == ServerLineKind.Notice)
        {
            FirstError ??= line.Text;
            Volatile.Write(ref _errors, _errors + 1);
        }
    }
}
