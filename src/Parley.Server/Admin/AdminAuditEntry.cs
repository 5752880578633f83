using Parley.Core.Moderation;

namespace Parley.Server.Admin;

/// <summary>A decision of a moderator or operator.</summary>
/// <param name="Time">When, UTC.</param>
/// <param name="Actor">Name of whoever decided.</param>
/// <param name="Account">Id of the actor's account; null for somebody without one.</param>
/// <param name="Action">What was done.</param>
/// <param name="Room">Room that it was about; null for none.</param>
/// <param name="Subject">Whom or what it was about; null for nothing in particular.</param>
/// <param name="Reason">Reason, or what was said; null for none.</param>
public sealed record AdminAuditEntry(DateTimeOffset Time, string Actor, long? Account, string Action, string? Room, string? Subject, string? Reason)
{
    internal static AdminAuditEntry Of(AuditEntry entry) => new(
        entry.Time, entry.Actor, entry.Account == 0 ? null : entry.Account, entry.Action, OrNull(entry.Room), OrNull(entry.Subject), OrNull(entry.Reason));

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
