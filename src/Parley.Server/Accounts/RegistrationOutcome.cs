using Parley.Core.Accounts;

namespace Parley.Server.Accounts;

/// <summary>Answer to somebody who wants to have an account: the account, or why there is none, or that a letter is on its way.</summary>
/// <param name="Account">The account that was made; null for none.</param>
/// <param name="Refusal">Why there is none; null if there is, or may be soon.</param>
/// <param name="Words">A sentence for the person, without a full stop; empty for none.</param>
internal sealed record RegistrationOutcome(Account? Account, AccountRefusal? Refusal, string Words)
{
    /// <summary>Proof by which whoever has made the account is logged in to it: its password.</summary>
    public LoginProof? Proof { get; init; }

    /// <summary>True if the account is made when a code comes back that was sent by e-mail.</summary>
    public bool IsPending => Account is null && Refusal is null;

    public static RegistrationOutcome Refused(AccountRefusalKind kind, string reason) => new(null, new(kind, reason), "");
}
