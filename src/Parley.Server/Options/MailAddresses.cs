using System.Globalization;
using MimeKit;
using Parley.Core.Text;

namespace Parley.Server.Options;

/// <summary>Addresses in settings about e-mail.</summary>
internal static class MailAddresses
{
    private static readonly IdnMapping Names = new();

    /// <summary>The host and the port of the mail server; null if the setting has none.</summary>
    public static (string Host, int Port)? EndPointOf(ParleyOptions options)
    {
        var usual = options.SmtpTls switch { SmtpEncryption.Tls => 465, SmtpEncryption.None => 25, _ => 587 };
        return AbsoluteUrl.TryParse($"smtp://{options.Smtp}", out var uri) && uri is { Host.Length: > 0, PathAndQuery: "/", UserInfo: "" }
            ? (uri.DnsSafeHost, uri.Port > 0 ? uri.Port : usual)
            : null;
    }

    /// <summary>
    /// True if somebody would be reached at an address, as far as that can be told from it, and its domain is written as it is sent: one reader
    /// has no second address in other dots.
    /// </summary>
    public static bool IsAddress(string text)
        => text.Length <= 254 && MailboxAddress.TryParse(text, out var parsed) && parsed.Address == text && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
            && at < text.Length - 1 && !text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character) || character is '<' or '>' or '"' or ',' or ';')
            && IsAsSent(text[(at + 1)..]);

    /// <summary>True if a domain is the same once it was put into ASCII and back (https://www.rfc-editor.org/rfc/rfc5890#section-2.3.2.1).</summary>
    private static bool IsAsSent(string domain)
    {
        try
        {
            return Names.GetUnicode(Names.GetAscii(domain)).Equals(domain, StringComparison.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
