using System.Text.RegularExpressions;

namespace Parley.Server.Options;

/// <summary>Values of settings as they are shown: without passwords in addresses.</summary>
internal static partial class SecretText
{
    /// <summary>The value, with stars in the place of a password.</summary>
    public static string Shown(string value) => Password().Replace(value, "***");

    // scheme://user:password@host
    [GeneratedRegex(@"(?<=^[A-Za-z][A-Za-z0-9+.-]*://[^/?#@:]*:)[^/?#@]*(?=@)", RegexOptions.CultureInvariant)]
    private static partial Regex Password();
}
