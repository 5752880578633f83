using Parley.Core.Accounts;

namespace Parley.Cli.Accounts;

/// <summary>Reads which key of SSH is meant.</summary>
internal static class SshKeyInput
{
    // A public key has one line; a private one, given by mistake, is not read further.
    private const int MaxLines = 1;

    /// <summary>The key.</summary>
    /// <param name="text">The public key itself, or the file that has it.</param>
    /// <exception cref="AccountInputException">It is neither.</exception>
    public static SshKey Read(string text)
    {
        if (SshKey.TryParse(text, out var key))
        {
            return key;
        }

        try
        {
            return SshKey.TryParse(string.Concat(File.ReadLines(text).Take(MaxLines)), out key)
                ? key
                : throw new AccountInputException($"{text} has no public key of SSH in its first line: give the file that ends with .pub, such as ~/.ssh/id_ed25519.pub");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new AccountInputException(
                File.Exists(text) ? $"{text} cannot be read: {e.Message}" : $"'{text}' is no public key of SSH, and no file: give the file that ends with .pub", e);
        }
    }

    /// <summary>The key, of which the fingerprint will do.</summary>
    /// <exception cref="AccountInputException">It is no fingerprint, no key and no file with one.</exception>
    public static SshKey ReadOrFingerprint(string text) => SshKey.TryRestore(text, "", out var key) ? key : Read(text);
}
