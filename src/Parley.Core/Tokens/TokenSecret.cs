using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Core.Tokens;

/// <summary>The token as its owner has it: <c>parley_</c> and 256 random bits, so that its hash needs no salt and no slowness.</summary>
public static class TokenSecret
{
    /// <summary>Prefix of every token, by which those who look for leaked tokens find it.</summary>
    public const string Prefix = "parley_";

    private const int RandomBytes = 32;

    /// <summary>A new one.</summary>
    public static string Generate() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>Returns the hash that a store keeps of a token: its SHA-256, 32 bytes.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
