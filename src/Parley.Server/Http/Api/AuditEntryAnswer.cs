namespace Parley.Server.Http.Api;

/// <summary>One decision.</summary>
internal sealed record AuditEntryAnswer(DateTimeOffset Time, string Actor, string Action, string? Channel, string? Subject, string? Reason);
