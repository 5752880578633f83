using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Core.Accounts;

/// <summary>Data kept in place of a password: enough to check one and to run SCRAM-SHA-256 for it, but not the password itself.</summary>
/// <remarks>
/// One derivation serves both. A hash of another kind beside it would give whoever steals the store a choice, and so be as
/// strong as the weaker of the two. As text, it is in the form of RFC 5803, which names its scheme: others can be added.
/// <code>
/// SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey
/// </code>
/// https://www.rfc-editor.org/rfc/rfc5802#section-3, https://www.rfc-editor.org/rfc/rfc5803#section-3
/// </remarks>
public sealed class PasswordVerifier
{
    /// <summary>Rounds of PBKDF2 with HMAC-SHA-256 for passwords that are set today.</summary>
    /// <remarks>
    /// As many as clients take: with SCRAM it is they who do the work, and Cyrus SASL 2.1.28 (Pidgin, Finch) refuses more than
    /// 65 536 without trying another mechanism. RFC 7677 asks for 4096 at least. A stronger hash for PLAIN beside this one would
    /// guard nothing: whoever steals the store guesses at the weaker of the two.
    /// </remarks>
    public const int DefaultIterations = 65_536;

    /// <summary>As many as passwords were set with earlier; they are renewed when their owner logs in by PLAIN.</summary>
    public const int EarlierIterations = 100_000;

    /// <summary>The least that RFC 7677 allows a server to have.</summary>
    public const int MinIterations = 4096;

    private const string Scheme = "SCRAM-SHA-256";
    private const int SaltBytes = 16;

    /// <summary>Puts a verifier together from its parts.</summary>
    public PasswordVerifier(int iterations, ReadOnlyMemory<byte> salt, ReadOnlyMemory<byte> storedKey, ReadOnlyMemory<byte> serverKey)
    {
        Iterations = iterations;
        Salt = salt;
        StoredKey = storedKey;
        ServerKey = serverKey;
    }

    /// <summary>Rounds of PBKDF2.</summary>
    public int Iterations { get; }

    /// <summary>Random bytes of this password's own.</summary>
    public ReadOnlyMemory<byte> Salt { get; }

    /// <summary>Text that another password of the account does not have, and that says nothing of this one.</summary>
    public string Stamp => Encode(Salt);

    /// <summary>The hash of the key that only a client with the password can make.</summary>
    public ReadOnlyMemory<byte> StoredKey { get; }

    /// <summary>The key with which the server proves that it knows this verifier.</summary>
    public ReadOnlyMemory<byte> ServerKey { get; }

    /// <summary>Makes the verifier of a new password. Takes some 40 ms of the caller's thread.</summary>
    /// <param name="password">The password, prepared by <see cref="PasswordText"/>.</param>
    /// <param name="iterations">Rounds of PBKDF2; fewer only where nothing is worth guarding, as in tests.</param>
    public static PasswordVerifier Create(string password, int iterations = DefaultIterations) =>
        Derive(password, RandomNumberGenerator.GetBytes(SaltBytes), iterations);

    /// <summary>Makes the verifier of a password with a known salt.</summary>
    public static PasswordVerifier Derive(string password, ReadOnlySpan<byte> salt, int iterations)
    {
        var saltedPassword = Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        var clientKey = HMACSHA256.HashData(saltedPassword, "Client Key"u8);
        return new PasswordVerifier(
            iterations, salt.ToArray(), SHA256.HashData(clientKey), HMACSHA256.HashData(saltedPassword, "Server Key"u8));
    }

    /// <summary>A verifier that no password is known for, always the same for the same name.</summary>
    /// <remarks>Stands in for a missing account, so that nobody can see from an answer, or from its time, that it is missing.</remarks>
    /// <param name="name">The name that was asked for, in one case.</param>
    /// <param name="secret">What keeps others from making the same.</param>
    /// <param name="iterations">As many as accounts have.</param>
    /// <param name="earlier">As many as accounts had earlier, which some names are given so that it says nothing, either.</param>
    public static PasswordVerifier Fake(string name, ReadOnlySpan<byte> secret, int iterations, int earlier)
    {
        Span<byte> bytes = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, secret.ToArray(), SaltBytes + (2 * SHA256.HashSizeInBytes) + 1, info: Encoding.UTF8.GetBytes(name));
        var salt = bytes[1..(SaltBytes + 1)];
        var keys = bytes[(SaltBytes + 1)..];
        return new PasswordVerifier(
            bytes[0] % 2 == 0 ? iterations : earlier,
            salt.ToArray(),
            keys[..SHA256.HashSizeInBytes].ToArray(),
            keys[SHA256.HashSizeInBytes..].ToArray());
    }

    /// <summary>A verifier that nobody knows a password for: the account's owner logs in by other means.</summary>
    public static PasswordVerifier WithoutPassword(int iterations = DefaultIterations) => new(
        iterations,
        RandomNumberGenerator.GetBytes(SaltBytes),
        RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes),
        RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes));

    /// <summary>True if this is the password. Takes as long as making a verifier, right or wrong.</summary>
    public bool Matches(string password) => CryptographicOperations.FixedTimeEquals(
        Derive(password, Salt.Span, Iterations).StoredKey.Span, StoredKey.Span);

    /// <summary>Reads what <see cref="ToString"/> gives.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PasswordVerifier? verifier)
    {
        verifier = null;
        if (text.Split('$') is [Scheme, var info, var value]
            && info.Split(':') is [var iterations, var salt]
            && value.Split(':') is [var storedKey, var serverKey]
            && int.TryParse(iterations, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds)
            && rounds > 0
            && TryDecode(salt, out var saltBytes)
            && TryDecode(storedKey, out var stored) && stored.Length == SHA256.HashSizeInBytes
            && TryDecode(serverKey, out var server) && server.Length == SHA256.HashSizeInBytes)
        {
            verifier = new PasswordVerifier(rounds, saltBytes, stored, server);
        }

        return verifier is not null;
    }

    /// <summary>All of it as text: as secret as the password is weak.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Scheme}${Iterations}:{Encode(Salt)}${Encode(StoredKey)}:{Encode(ServerKey)}");

    private static string Encode(ReadOnlyMemory<byte> bytes) => Convert.ToBase64String(bytes.Span);

    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length];
        var isBase64 = Convert.TryFromBase64String(text, bytes, out var length);
        bytes = bytes[..length];
        return isBase64;
    }
}
