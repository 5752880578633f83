using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Names;

namespace Parley.Server.Accounts;

/// <summary>What a new password has to be like.</summary>
internal static class PasswordRule
{
    /// <summary>As https://pages.nist.gov/800-63-3/sp800-63b.html, 5.1.1.2, which asks for length and not for kinds of characters.</summary>
    public const int MinChars = 8;

    /// <summary>What account-registration advises, so that it fits in a line of every IRC command that may carry it.</summary>
    public const int MaxBytes = 300;

    /// <summary>Prepares a new password, or says why it will not do.</summary>
    public static AccountRefusal? Check(UserName name, string password, out string prepared)
    {
        prepared = "";
        if (!PasswordText.TryPrepare(password, out var text))
        {
            return password.Length == 0 ? Weak() : new(AccountRefusalKind.UnacceptablePassword, "Passwords have no control characters: choose another");
        }

        prepared = text;
        return Encoding.UTF8.GetByteCount(text) > MaxBytes
            ? new(AccountRefusalKind.UnacceptablePassword, $"Passwords have at most {MaxBytes} bytes: choose a shorter one")
            : text.Length < MinChars ? Weak()
            : string.Equals(text, name.Value, StringComparison.OrdinalIgnoreCase)
            ? new(AccountRefusalKind.WeakPassword, "A password is not to be the name: choose another")
            : null;
    }

    private static AccountRefusal Weak() =>
        new(AccountRefusalKind.WeakPassword, $"Passwords have at least {MinChars} characters: choose a longer one");
}
