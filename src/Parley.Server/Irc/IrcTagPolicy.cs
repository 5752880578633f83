using System.Buffers;
using System.Text;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc;

// https://ircv3.net/specs/extensions/message-tags#rpl_isupport-tokens
//
// clienttagdeny = ( "*" / tag ) *( "," ["-"] tag )           ; tags without their "+"; "-" makes an exception of one

/// <summary>Which tags of clients are passed on to other clients: those that begin with <c>+</c> and are not denied.</summary>
internal sealed class IrcTagPolicy
{
    private readonly bool _deniesAll;
    private readonly HashSet<string> _exceptions;

    /// <param name="denied">The value of <c>CLIENTTAGDENY</c>; <c>none</c> denies nothing.</param>
    public IrcTagPolicy(string denied)
    {
        Token = string.Equals(denied, "none", StringComparison.OrdinalIgnoreCase) ? "" : denied;
        var items = IrcTexts.List(Token);
        _deniesAll = items is ["*", ..];
        _exceptions = [.. items.Where(item => item is ['-', ..] == _deniesAll).Select(item => item.TrimStart('-'))];
    }

    /// <summary>The value of <c>CLIENTTAGDENY</c>; empty if nothing is denied, and there is no such token.</summary>
    public string Token { get; }

    /// <summary>Of tags as they came, those that are passed on, as they came.</summary>
    public ReadOnlyMemory<byte> Allowed(ReadOnlyMemory<byte> tags)
    {
        if (tags.IsEmpty)
        {
            return default;
        }

        var kept = new ArrayBufferWriter<byte>(tags.Length);
        foreach (var tag in new IrcTags(tags.Span).ClientOnly)
        {
            if (!Allows(tag.Key))
            {
                continue;
            }

            if (kept.WrittenCount > 0)
            {
                kept.Write(";"u8);
            }

            kept.Write(tag.Key);
            if (!tag.RawValue.IsEmpty)
            {
                kept.Write("="u8);
                kept.Write(tag.RawValue);
            }
        }

        return kept.WrittenMemory;
    }

    private bool Allows(ReadOnlySpan<byte> key)
        => (!_deniesAll && _exceptions.Count == 0) || _exceptions.Contains(Encoding.UTF8.GetString(key[1..])) == _deniesAll;
}
