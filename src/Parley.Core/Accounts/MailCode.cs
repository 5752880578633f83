using Parley.Core.Names;

namespace Parley.Core.Accounts;

/// <summary>A code that was sent by e-mail, and what it does once when somebody gives it back.</summary>
/// <param name="Hash">Hash of the code, which is kept in its place.</param>
/// <param name="Kind">The purpose.</param>
/// <param name="Name">Name of the account, which is still to be made for <see cref="MailCodeKind.Registration"/>.</param>
/// <param name="Email">The address that it was sent to.</param>
/// <param name="Expires">The time from which on it does nothing, UTC.</param>
public sealed record MailCode(string Hash, MailCodeKind Kind, UserName Name, string Email, DateTimeOffset Expires)
{
    /// <summary>The account; empty for one that is still to be made.</summary>
    public AccountId Account { get; init; }

    /// <summary>Verifier of the password of an account that is still to be made; null otherwise.</summary>
    public PasswordVerifier? Password { get; init; }

    /// <summary>The same with no password that anybody knows.</summary>
    public MailCode WithoutPassword() => this with { Password = Password is null ? null : PasswordVerifier.WithoutPassword(Password.Iterations) };

    /// <summary>Hash of the invitation that the account is made with; empty for none.</summary>
    public string Invitation { get; init; } = "";
}
