namespace Parley.Core.Accounts;

/// <summary>An account, and what its owner's password is checked against.</summary>
/// <param name="Account">The account.</param>
/// <param name="Password">What is kept in place of the password.</param>
public sealed record AccountCredentials(Account Account, PasswordVerifier Password);
