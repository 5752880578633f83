namespace Parley.Server.Http.Api;

/// <summary>Decisions of moderators and operators, the oldest first.</summary>
internal sealed record AuditAnswer(bool Success, IReadOnlyList<AuditEntryAnswer>? Entries = null, string? Error = null);
