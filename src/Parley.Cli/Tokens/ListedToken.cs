namespace Parley.Cli.Tokens;

/// <summary>A token, without its secret.</summary>
internal sealed record ListedToken(
    string Name, string State, DateTimeOffset Created, DateTimeOffset? Expires, DateTimeOffset? LastUsed, DateTimeOffset? Revoked, string Scopes);
