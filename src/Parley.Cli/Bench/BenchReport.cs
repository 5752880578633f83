using Parley.Cli.Load;

namespace Parley.Cli.Bench;

/// <summary>Result of a run, as <c>--json</c> writes it and <c>compare</c> reads it; fields may be added, but existing ones keep their meaning.</summary>
internal sealed record BenchReport
{
    /// <summary>Grows when a field changes its meaning.</summary>
    public const int CurrentFormat = 1;

    // Enough to see what is wrong; the number says how much.
    private const int ShownErrors = 5;

    public int Format { get; init; } = CurrentFormat;

    public required DateTimeOffset StartedAt { get; init; }

    public required ScenarioReport Scenario { get; init; }

    /// <summary>For how long was measured.</summary>
    public double MeasuredSeconds { get; init; }

    /// <summary>Messages sent, of those that were due while it was measured.</summary>
    public double SentPerSecond { get; init; }

    /// <summary>Messages that came while it was measured, to all clients together.</summary>
    public double ReceivedPerSecond { get; init; }

    /// <summary>Messages sent in the whole run.</summary>
    public long Sent { get; init; }

    /// <summary>Messages that came in the whole run.</summary>
    public long Received { get; init; }

    /// <summary>Bytes out over all connections in the whole run, commands included.</summary>
    public long BytesSent { get; init; }

    /// <summary>Bytes in over all connections in the whole run, greetings included.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Messages that did not come, once for each client to which they did not.</summary>
    public long Lost { get; init; }

    public long Reordered { get; init; }

    public long Duplicated { get; init; }

    /// <summary>Clients that saw the messages of their room's senders interleaved in another way than most in the room.</summary>
    public long OtherOrder { get; init; }

    /// <summary>Messages that the server said it left out for a client that read too slowly; they are among those lost.</summary>
    public long ToldDropped { get; init; }

    /// <summary>Messages of others in the rooms, or altered on their way.</summary>
    public long Foreign { get; init; }

    /// <summary>Open loop: messages that were due and not sent, as the senders were held up for too long.</summary>
    public long Unsent { get; init; }

    /// <summary>Lines in which the server complained, and connections that ended.</summary>
    public long Errors { get; init; }

    /// <summary>Some of them.</summary>
    public IReadOnlyList<string> ErrorTexts { get; init; } = [];

    /// <summary>From when a message was due (open loop) or sent (closed loop) until it came, for each client to which it did.</summary>
    public required LatencyReport Latency { get; init; }

    /// <summary>Open loop: from when a message was due until it was sent.</summary>
    public LatencyReport? Lateness { get; init; }

    /// <summary>True if every message came, once and in order, and nothing went wrong.</summary>
    public bool IsFlawless() => this is { Lost: 0, Reordered: 0, Duplicated: 0, OtherOrder: 0, Errors: 0 };

    public static BenchReport Of(BenchRun run, BenchOptions options, DateTimeOffset startedAt)
    {
        double seconds = Math.Max(run.Measured.TotalSeconds, 1e-3);
        long Sum(Func<BenchReceiver, long> count) => run.Receivers.Sum(count);
        return new BenchReport
        {
            StartedAt = startedAt,
            Scenario = ScenarioReport.Of(options),
            MeasuredSeconds = run.Measured.TotalSeconds,
            SentPerSecond = run.Senders.Sum(sender => sender.SentInTime) / seconds,
            ReceivedPerSecond = Sum(receiver => receiver.ReceivedInTime) / seconds,
            Sent = run.Senders.Sum(sender => sender.Sent),
            Received = Sum(receiver => receiver.Check.Received),
            BytesSent = Sum(receiver => receiver.Traffic.BytesSent),
            BytesReceived = Sum(receiver => receiver.Traffic.BytesReceived),
            Lost = Sum(receiver => receiver.Missing),
            Reordered = Sum(receiver => receiver.Check.Reordered),
            Duplicated = Sum(receiver => receiver.Check.Duplicated),
            OtherOrder = run.Receivers
                .Where(receiver => receiver is { Missing: 0, Failure: null, Check.Duplicated: 0 })
                .GroupBy(receiver => receiver.Senders, receiver => receiver.Check)
                .Sum(room => DeliveryCheck.CountOfAnotherOrder(room)),
            ToldDropped = Sum(receiver => receiver.Check.ToldDropped),
            Foreign = Sum(receiver => receiver.Check.Foreign),
            Unsent = run.Unsent,
            Errors = Sum(receiver => receiver.Errors + (receiver.Failure is null ? 0 : 1)),
            ErrorTexts =
            [
                .. run.Receivers.SelectMany(receiver => new[] { receiver.FirstError, receiver.Failure })
                    .OfType<string>().Distinct(StringComparer.Ordinal).Take(ShownErrors),
            ],
            Latency = LatencyReport.Of(run.Latency),
            Lateness = options.IsOpenLoop ? LatencyReport.Of(run.Lateness) : null,
        };
    }
}
