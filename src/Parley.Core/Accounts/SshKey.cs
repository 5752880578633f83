using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Core.Accounts;

/// <summary>A public key of SSH by which somebody logs in to an account. Two keys are the same if their fingerprints are.</summary>
public sealed class SshKey : IEquatable<SshKey>
{
    /// <summary>Longest comment in characters; a longer one is cut.</summary>
    public const int MaxCommentLength = 100;

    private const string FingerprintStart = "SHA256:";
    private const int FingerprintDigits = 43;

    // An RSA key of 16384 bits, the largest that OpenSSH makes, has some 2800 characters.
    private const int MaxTextLength = 8192;

    // https://www.iana.org/assignments/ssh-parameters and, for keys in hardware, PROTOCOL.u2f of OpenSSH. DSA is no longer taken by OpenSSH.
    private static readonly string[] Algorithms =
    [
        "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa",
        "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
    ];

    private SshKey(string fingerprint, string comment) => (Fingerprint, Comment) = (fingerprint, comment);

    /// <summary>SHA-256 of the key as <c>ssh-keygen -l</c> prints it: <c>SHA256:</c> and 43 characters of base64.</summary>
    public string Fingerprint { get; }

    /// <summary>Comment of the key, for people, in visible characters: often a user and a machine. Empty if there is none.</summary>
    public string Comment { get; }

    /// <summary>Reads a public key as it stands in a <c>.pub</c> file: the algorithm, the key in base64, and a comment that may be missing.</summary>
    /// <remarks>Options before the key, as <c>authorized_keys</c> may have them, are refused: Parley could not keep their promise.</remarks>
    public static bool TryParse(string text, [NotNullWhen(true)] out SshKey? key)
    {
        key = null;
        var parts = text.Length <= MaxTextLength ? text.Trim().Split(' ', 3, StringSplitOptions.RemoveEmptyEntries) : [];
        if (parts.Length < 2 || !Algorithms.Contains(parts[0], StringComparer.Ordinal) || !TryDecode(parts[1], out var blob) || !IsOf(parts[0], blob))
        {
            return false;
        }

        key = new SshKey(FingerprintStart + Convert.ToBase64String(SHA256.HashData(blob)).TrimEnd('='), CommentOf(parts.Length == 3 ? parts[2] : ""));
        return true;
    }

    /// <summary>Reads a fingerprint with a comment, as they are kept.</summary>
    public static bool TryRestore(string fingerprint, string comment, [NotNullWhen(true)] out SshKey? key)
    {
        var isOne = fingerprint.Length == FingerprintStart.Length + FingerprintDigits
            && fingerprint.StartsWith(FingerprintStart, StringComparison.Ordinal)
            && TryDecode(fingerprint[FingerprintStart.Length..] + "=", out _);
        key = isOne ? new SshKey(fingerprint, CommentOf(comment)) : null;
        return isOne;
    }

    /// <inheritdoc/>
    public bool Equals(SshKey? other) => string.Equals(Fingerprint, other?.Fingerprint, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SshKey);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Fingerprint);

    /// <summary>The fingerprint and the comment.</summary>
    public override string ToString() => Comment.Length == 0 ? Fingerprint : $"{Fingerprint} {Comment}";

    private static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = Base64.IsValid(text) && !text.Any(char.IsWhiteSpace) ? Convert.FromBase64String(text) : null;
        return bytes is not null;
    }

    /// <summary>True if a key names this algorithm and has something behind it: RFC 4253, section 6.6.</summary>
    private static bool IsOf(string algorithm, ReadOnlySpan<byte> blob)
        => blob.Length > sizeof(int) + algorithm.Length
            && BinaryPrimitives.ReadInt32BigEndian(blob) == algorithm.Length
            && blob.Slice(sizeof(int), algorithm.Length).SequenceEqual(Encoding.ASCII.GetBytes(algorithm));

    private static string CommentOf(string text)
    {
        var visible = new string([.. text.Where(character => !char.IsControl(character) && !char.IsSurrogate(character))]).Trim();
        return visible.Length <= MaxCommentLength ? visible : visible[..MaxCommentLength];
    }
}
