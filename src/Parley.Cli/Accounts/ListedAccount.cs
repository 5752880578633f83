namespace Parley.Cli.Accounts;

/// <summary>An account as <c>parley account list --json</c> shows it.</summary>
internal sealed record ListedAccount(string Name, DateTimeOffset Created, string? Email);
