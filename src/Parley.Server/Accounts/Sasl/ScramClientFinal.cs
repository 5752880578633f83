using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Parley.Server.Accounts.Sasl;

/// <summary>The second message of SCRAM. https://www.rfc-editor.org/rfc/rfc5802#section-7</summary>
/// <remarks>
/// <code>
/// client-final-message = "c=" base64 "," "r=" nonce ["," extensions] "," "p=" base64
/// </code>
/// </remarks>
/// <param name="ChannelBinding">The GS2 header of the first message, in base64.</param>
/// <param name="Nonce">The client's and the server's nonce.</param>
/// <param name="Proof">The proof, 32 bytes.</param>
/// <param name="WithoutProof">What comes before it.</param>
internal sealed record ScramClientFinal(string ChannelBinding, string Nonce, byte[] Proof, string WithoutProof)
{
    private const string ProofPrefix = ",p=";

    /// <summary>Reads the message.</summary>
    public static bool TryParse(string message, [NotNullWhen(true)] out ScramClientFinal? final)
    {
        final = null;
        var end = message.LastIndexOf(ProofPrefix, StringComparison.Ordinal);
        if (end < 0
            || message[..end].Split(',') is not [var binding, var nonce, ..]
            || !binding.StartsWith("c=", StringComparison.Ordinal)
            || !nonce.StartsWith("r=", StringComparison.Ordinal))
        {
            return false;
        }

        var proof = new byte[SHA256.HashSizeInBytes];
        if (!Convert.TryFromBase64String(message[(end + ProofPrefix.Length)..], proof, out var length) || length != proof.Length)
        {
            return false;
        }

        final = new ScramClientFinal(binding[2..], nonce[2..], proof, message[..end]);
        return true;
    }
}
