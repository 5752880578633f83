using System.Security.Cryptography;
using System.Text;

namespace Parley.Server.Accounts;

/// <summary>Codes that people copy or type, such as <c>K7QD-93XM-ZT4R-0HWN</c>: 80 random bits, so that a hash of one needs no salt and no slowness.</summary>
internal static class SecretCode
{
    // Crockford's digits: none of them looks like another.
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 16;
    private const int Group = 4;

    /// <summary>A new one.</summary>
    public static string Generate()
        => string.Join('-', RandomNumberGenerator.GetString(Digits, Length).Chunk(Group).Select(group => new string(group)));

    /// <summary>Hash that is kept of a code, the same for each way to type it. What is no code has the hash of none.</summary>
    public static string HashOf(string text)
    {
        var digits = text.ToUpperInvariant().Replace('O', '0').Replace('I', '1').Replace('L', '1').Where(character => Digits.Contains(character, StringComparison.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes([.. digits])));
    }

    /// <summary>True if a word may be a code, and is no e-mail address and no name.</summary>
    public static bool IsForm(string text) => text.Count(Digits.Contains) == Length && text.Count(character => character == '-') == (Length / Group) - 1 && text.Length == Length + (Length / Group) - 1;
}
