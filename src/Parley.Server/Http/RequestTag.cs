using System.Security.Cryptography;
using System.Text;
using Parley.Core.History;
using Parley.Core.Tokens;

namespace Parley.Server.Http;

/// <summary>
/// Names, on a message, the request under a key that it was said for, and which of the request's lines it is. It is kept with the
/// message, both or neither: so history tells what a request had said when the server was cut off.
/// </summary>
internal static class RequestTag
{
    /// <summary>The tag, as messages have it.</summary>
    /// <param name="token">Whose request.</param>
    /// <param name="key">Its key, which nobody else is shown.</param>
    /// <param name="line">The line, from 0 on.</param>
    public static byte[] Of(AccessToken token, string key, int line)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{token.Id} {key}")));
        return Encoding.ASCII.GetBytes(FormattableString.Invariant($"{KeptTags.Request}={Convert.ToHexStringLower(hash.AsSpan(0, 8))}.{line}"));
    }
}
