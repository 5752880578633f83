namespace Parley.Core.Accounts;

/// <summary>A browser or program that stays logged in to an account by a token, of which the hash is kept.</summary>
/// <param name="Account">The account.</param>
/// <param name="Hash">Hash of the token.</param>
/// <param name="Name">Words by which its owner knows it.</param>
/// <param name="Made">When it logged in, UTC.</param>
/// <param name="LastSeen">When the token was last used, UTC, give or take an hour.</param>
/// <param name="Until">The time from which on the token is none, UTC.</param>
public sealed record Device(AccountId Account, string Hash, string Name, DateTimeOffset Made, DateTimeOffset LastSeen, DateTimeOffset Until)
{
    /// <summary>Number by which its owner refers to it, given by the store; no other one ever has it.</summary>
    public long Id { get; init; }

    /// <summary>Identity at a provider that it was given for, and ends with; empty for none.</summary>
    public string Outside { get; init; } = "";
}
