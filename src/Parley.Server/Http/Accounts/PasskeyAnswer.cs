namespace Parley.Server.Http.Accounts;

/// <summary>A passkey of an account.</summary>
/// <param name="Passkey">Its number.</param>
/// <param name="Name">Words by which its owner knows it.</param>
/// <param name="Added">When it was added, UTC.</param>
/// <param name="LastUsed">When it was last used, UTC; null for never.</param>
internal sealed record PasskeyAnswer(long Passkey, string Name, DateTimeOffset Added, DateTimeOffset? LastUsed);
