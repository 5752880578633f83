namespace Parley.Server.Http.Api;

/// <summary>The settings that have changed.</summary>
internal sealed record RehashAnswer(bool Success, IReadOnlyList<string>? Changed = null, IReadOnlyList<string>? Waiting = null, string? Error = null, IReadOnlyList<string>? Errors = null);
