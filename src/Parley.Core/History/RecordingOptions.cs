namespace Parley.Core.History;

/// <summary>How messages are kept.</summary>
public sealed record RecordingOptions
{
    /// <summary>How much is kept; 30 days and 100 000 messages per room unless set.</summary>
    public Retention Retention { get; init; } = new(TimeSpan.FromDays(30), 100_000);

    /// <summary>What becomes of messages that cannot be kept.</summary>
    public HistoryFailurePolicy OnFailure { get; init; } = HistoryFailurePolicy.Deliver;

    /// <summary>Whether what happens in rooms is kept beside what is said: who comes and goes, topics, modes. No unless set.</summary>
    public bool KeepsEvents { get; init; }

    /// <summary>How long authors may take back what they said; zero, unless set, for ever.</summary>
    public TimeSpan RedactionWindow { get; init; }

    /// <summary>Messages that wait in memory for a store that has failed; those beyond it are delivered and not kept. 10 000 unless set.</summary>
    public int MaxUnkept { get; init; } = 10_000;
}
