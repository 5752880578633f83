using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Core.Text;

namespace Parley.Server.Accounts;

/// <summary>Requirements for a new password.</summary>
internal static class PasswordRule
{
    /// <summary>Longest password in bytes, as account-registration advises, so that it fits in a line of every IRC command that may carry it.</summary>
    public const int MaxBytes = 300;

    /// <summary>Prepares a new password, or says why it will not do.</summary>
    /// <remarks>Length is asked for and not kinds of characters, as https://pages.nist.gov/800-63-3/sp800-63b.html, 5.1.1.2 has it.</remarks>
    public static AccountRefusal? Check(UserName name, string password, int minChars, out string prepared)
    {
        prepared = "";
        if (password.Length == 0)
        {
            return Weak(minChars);
        }

        if (!PasswordText.TryPrepare(password, out var text))
        {
            return new(AccountRefusalKind.UnacceptablePassword, "Passwords have no control characters: choose another");
        }

        if (Encoding.UTF8.GetByteCount(text) > MaxBytes)
        {
            return new(AccountRefusalKind.UnacceptablePassword, $"Passwords have at most {MaxBytes} bytes: choose a shorter one");
        }

        if (text.Length < minChars)
        {
            return Weak(minChars);
        }

        if (string.Equals(text, name.Value, StringComparison.OrdinalIgnoreCase))
        {
            return new(AccountRefusalKind.WeakPassword, "A password is not to be the name: choose another");
        }

        prepared = text;
        return null;
    }

    private static AccountRefusal Weak(int minChars) =>
        new(AccountRefusalKind.WeakPassword, $"Passwords have at least {Counted.Of(minChars, "character")}: choose a longer one");
}
