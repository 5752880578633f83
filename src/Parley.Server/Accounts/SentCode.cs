namespace Parley.Server.Accounts;

/// <summary>Outcome of sending a code.</summary>
/// <param name="Refusal">Why it was not sent, for people, without a full stop; null if it is on its way.</param>
/// <param name="HasPassword">True if the account that is made with it has the password that was asked for.</param>
internal readonly record struct SentCode(string? Refusal, bool HasPassword = false);
