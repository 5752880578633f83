namespace Parley.Core.History;

/// <summary>Options for keeping messages in history.</summary>
public sealed record RecordingOptions
{
    /// <summary>Limits of the history that is kept; 30 days and 100 000 messages per room by default; it may change while a broker runs.</summary>
    public Retention Retention { get; set; } = new(TimeSpan.FromDays(30), 100_000);

    /// <summary>Treatment of messages that cannot be kept.</summary>
    public HistoryFailurePolicy OnFailure { get; init; } = HistoryFailurePolicy.Deliver;

    /// <summary>True if what happens in rooms is kept beside what is said: who comes and goes, topics, modes. No unless set.</summary>
    public bool KeepsEvents { get; init; }

    /// <summary>Time during which authors may take back their messages; zero, the default, for ever; it may change while a broker runs.</summary>
    public TimeSpan RedactionWindow { get; set; }

    /// <summary>Messages that wait in memory for a store that has failed; those beyond it are delivered and not kept. 10 000 unless set.</summary>
    public int MaxUnkept { get; init; } = 10_000;
}
