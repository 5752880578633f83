namespace Parley.Server.Http.Api;

/// <summary>Somebody who is there, or is not.</summary>
internal sealed record WhoisAnswer(
    bool Success, bool Present, string? Nickname = null, string? Username = null, string? Hostname = null, string? Realname = null, string? Account = null,
    string? Away = null, IReadOnlyList<WhoisChannel>? Channels = null, DateTimeOffset? SignedOn = null, DateTimeOffset? LastSpoke = null);
