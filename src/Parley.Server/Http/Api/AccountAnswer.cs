namespace Parley.Server.Http.Api;

/// <summary>An account.</summary>
internal sealed record AccountAnswer(bool Success, string? AccountName = null, string? Email = null, DateTimeOffset? RegisteredAt = null, string? Error = null, string? ErrorCode = null);
