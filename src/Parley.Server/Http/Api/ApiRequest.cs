namespace Parley.Server.Http.Api;

/// <summary>Body of a request: what the method takes of it.</summary>
internal sealed record ApiRequest(
    string? AccountName = null, string? Passphrase = null, string? Email = null, string? Nickname = null, string? Reason = null, string? Channel = null, string? Text = null,
    string? Subject = null, string? Duration = null, bool DryRun = false, string? Role = null, int? Uses = null, string? Note = null, long Id = 0);
