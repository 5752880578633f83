namespace Parley.Core.History;

/// <summary>How messages are kept.</summary>
public sealed record RecordingOptions
{
    /// <summary>How much is kept; 30 days and 100 000 messages per room unless set.</summary>
    public Retention Retention { get; init; } = new(TimeSpan.FromDays(30), 100_000);

    /// <summary>What becomes of messages that cannot be kept.</summary>
    public HistoryFailurePolicy OnFailure { get; init; } = HistoryFailurePolicy.Deliver;

    /// <summary>Messages that wait in memory for a store that has failed; those beyond it are delivered and not kept. 10 000 unless set.</summary>
    public int MaxUnkept { get; init; } = 10_000;
}
