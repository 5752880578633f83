using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Parley.Server.Accounts.Sasl;

/// <summary>The client's first message of OAUTHBEARER. https://www.rfc-editor.org/rfc/rfc7628#section-3.1</summary>
/// <remarks>
/// <code>
/// client-resp = gs2-header kvsep *kvpair kvsep
/// gs2-header  = ("n" / "y" / "p=" cb-name) "," [ "a=" saslname ] ","
/// kvpair      = key "=" value kvsep        ; key = 1*ALPHA, value = *(VCHAR / SP / HTAB / CR / LF)
/// kvsep       = %x01
/// </code>
/// In saslname, <c>=2C</c> is a comma and <c>=3D</c> an equals sign. Channel bindings (<c>p</c>) are for mechanisms that have some.
/// </remarks>
/// <param name="ActFor">The account that the client wants to be; empty if it does not say.</param>
/// <param name="Token">The token.</param>
internal sealed record OAuthBearerMessage(string ActFor, string Token)
{
    private const char Separator = '\x01';
    private const string Scheme = "Bearer ";

    public static bool TryParse(ReadOnlySpan<byte> data, [NotNullWhen(true)] out OAuthBearerMessage? message)
    {
        message = null;
        if (!Utf8.IsValid(data)
            || Encoding.UTF8.GetString(data).Split(',', 3) is not ["n" or "y", var authorization, [Separator, .. var rest]]
            || !TryReadName(authorization, out var actFor)
            || TokenIn(rest) is not { } token)
        {
            return false;
        }

        message = new OAuthBearerMessage(actFor, token);
        return true;
    }

    private static bool TryReadName(string authorization, out string name)
    {
        name = authorization.StartsWith("a=", StringComparison.Ordinal)
            ? authorization[2..].Replace("=2C", ",", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal) : "";
        return authorization.Length == 0 || name.Length > 0;
    }

    /// <summary>The token in the pairs, each of which ends with a separator, as does all of them; null if they are none, or have not just one.</summary>
    private static string? TokenIn(string text)
    {
        if (text.Split(Separator) is not [.. var pairs, "", ""])
        {
            return null;
        }

        string? token = null;
        foreach (var pair in pairs)
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } key, var value] || !key.All(char.IsAsciiLetter))
            {
                return null;
            }

            if (string.Equals(key, "auth", StringComparison.Ordinal))
            {
                if (token is not null || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
                {
                    return null;
                }

                token = value[Scheme.Length..].Trim(' ');
            }
        }

        return string.IsNullOrEmpty(token) ? null : token;
    }
}
