namespace Parley.Core.Moderation;

/// <summary>Record of a decision by a moderator or operator.</summary>
/// <param name="Time">When, UTC.</param>
/// <param name="Actor">Name of whoever decided.</param>
/// <param name="Action">What was done, in a word: <c>kick</c>, <c>ban</c>, <c>mode</c>.</param>
public sealed record AuditEntry(DateTimeOffset Time, string Actor, string Action)
{
    /// <summary>Id of the actor's account; 0 for somebody without one.</summary>
    public long Account { get; init; }

    /// <summary>Room that it was about; empty for none.</summary>
    public string Room { get; init; } = "";

    /// <summary>Subject of the decision, a person or a thing; empty for nothing in particular.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Reason, or what was said; may be empty.</summary>
    public string Reason { get; init; } = "";
}
