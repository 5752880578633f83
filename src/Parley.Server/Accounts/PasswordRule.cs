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
        if (password.Length == 0)
        {
            return Weak();
        }

        if (!PasswordText.TryPrepare(password, out var text))
        {
            return new(AccountRefusalKind.UnacceptablePassword, "Passwords have no control characters: choose another");
        }

        if (Encoding.UTF8.GetByteCount(text) > MaxBytes)
        {
            return new(AccountRefusalKind.UnacceptablePassword, $"Passwords have at most {MaxBytes} bytes: choose a shorter one");
        }

        if (text.Length < MinChars)
        {
            return Weak();
        }

        if (string.Equals(text, name.Value, StringComparison.OrdinalIgnoreCase))
        {
            return new(AccountRefusalKind.WeakPassword, "A password is not to be the name: choose another");
        }

        prepared = text;
        return null;
    }

    private static AccountRefusal Weak() =>
        new(AccountRefusalKind.WeakPassword, $"Passwords have at least {MinChars} characters: choose a longer one");
}
