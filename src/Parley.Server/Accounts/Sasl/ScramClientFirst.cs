using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Parley.Server.Accounts.Sasl;

/// <summary>The first message of SCRAM. https://www.rfc-editor.org/rfc/rfc5802#section-7</summary>
/// <remarks>
/// <code>
/// client-first-message      = gs2-header client-first-message-bare
/// gs2-header                = gs2-cbind-flag "," [ "a=" saslname ] ","
/// gs2-cbind-flag            = ("p=" cb-name) / "n" / "y"
/// client-first-message-bare = [reserved-mext ","] "n=" saslname "," "r=" c-nonce ["," extensions]
/// </code>
/// </remarks>
/// <param name="ActFor">The authorization identity; empty if none is given.</param>
/// <param name="Name">The name.</param>
/// <param name="Nonce">The client's nonce.</param>
/// <param name="EncodedHeader">The GS2 header, as the final message has it.</param>
/// <param name="Bare">The message without the header.</param>
internal sealed record ScramClientFirst(string ActFor, string Name, string Nonce, string EncodedHeader, string Bare)
{
    /// <summary>Printable ASCII but the comma.</summary>
    private static readonly SearchValues<char> NonceChars =
        SearchValues.Create([.. Enumerable.Range(0x21, 0x7E - 0x21 + 1).Select(value => (char)value).Where(value => value != ',')]);

    /// <summary>Reads the message; or says in words for the client what is wrong with it.</summary>
    public static bool TryParse(string message, [NotNullWhen(true)] out ScramClientFirst? first, out string error)
    {
        first = null;
        error = "SCRAM-SHA-256 wants n,,n=NAME,r=NONCE here";
        if (message.Split(',') is not [var binding, var actFor, .. { Length: >= 2 } bare])
        {
            return false;
        }

        // "y": the client could bind, and believes that the server cannot. That is so: no mechanism with -PLUS is offered.
        if (binding is not ("n" or "y"))
        {
            error = binding.StartsWith("p=", StringComparison.Ordinal) ? "There is no channel binding here: use n or y" : error;
            return false;
        }

        if (bare[0].StartsWith("m=", StringComparison.Ordinal))
        {
            error = "Mandatory extensions are not supported";
            return false;
        }

        var given = "";
        if ((actFor.Length > 0 && !TryUnescape(actFor, "a=", out given))
            || !TryUnescape(bare[0], "n=", out var name)
            || !IsNonce(bare[1]))
        {
            return false;
        }

        var header = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{binding},{actFor},"));
        first = new ScramClientFirst(given, name, bare[1][2..], header, string.Join(',', bare));
        return true;
    }

    private static bool IsNonce(string attribute) =>
        attribute.Length > 2 && attribute.StartsWith("r=", StringComparison.Ordinal) && !attribute.AsSpan().ContainsAnyExcept(NonceChars);

    /// <summary>Takes the name out of an attribute, where "=2C" is a comma, "=3D" is "=", and "=" is nothing else.</summary>
    private static bool TryUnescape(string attribute, string prefix, out string name)
    {
        name = "";
        if (attribute.Length <= prefix.Length || !attribute.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var plain = attribute[prefix.Length..].Replace("=2C", ",", StringComparison.Ordinal).Replace("=3D", "\0", StringComparison.Ordinal);
        name = plain.Replace('\0', '=');
        return !plain.Contains('=', StringComparison.Ordinal);
    }
}
