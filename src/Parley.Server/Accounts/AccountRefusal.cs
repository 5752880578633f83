namespace Parley.Server.Accounts;

/// <summary>Why an account was not made or changed.</summary>
/// <param name="Kind">For programs.</param>
/// <param name="Reason">For people: what to do, in one line without a full stop.</param>
public sealed record AccountRefusal(AccountRefusalKind Kind, string Reason);
