namespace Parley.Server.Http.Api;

/// <summary>The accounts there are.</summary>
internal sealed record AccountsAnswer(bool Success, IReadOnlyList<AccountAnswer> Accounts, int TotalCount);
