namespace Parley.Cli.Tokens;

/// <summary>A new token, which is shown once.</summary>
internal sealed record CreatedToken(string Token, string Name, string Scopes, DateTimeOffset? Expires);
