using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Parley.Server.Accounts.Sasl;

/// <summary>The one message of IRCV3BEARER. https://github.com/ircv3/ircv3-specifications/pull/545 (2025-11-06)</summary>
/// <remarks>
/// <code>
/// message = [authzid] NUL token_type NUL token
/// </code>
/// </remarks>
/// <param name="ActFor">The account that the client wants to be; empty if it does not say.</param>
/// <param name="Type">What kind of token it is, compared with case.</param>
/// <param name="Token">The token.</param>
internal sealed record BearerMessage(string ActFor, string Type, string Token)
{
    public static bool TryParse(ReadOnlySpan<byte> data, [NotNullWhen(true)] out BearerMessage? message)
    {
        message = Utf8.IsValid(data) && Encoding.UTF8.GetString(data).Split('\0') is [var actFor, { Length: > 0 } type, { Length: > 0 } token]
            ? new BearerMessage(actFor, type, token) : null;
        return message is not null;
    }
}
