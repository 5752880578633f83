using System.Buffers;
using System.Text;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Wire;

// https://ircv3.net/specs/extensions/message-tags#rpl_isupport-tokens
//
// clienttagdeny = ( "*" / tag ) *( "," ["-"] tag )           ; tags without their "+"; "-" makes an exception of one

/// <summary>Which tags of clients are passed on to other clients: those that begin with <c>+</c> and are not denied.</summary>
internal sealed class IrcTagPolicy
{
    /// <summary>Tags that were ratified in 2026, each with its draft name, by which alone clients of before know it.</summary>
    private static readonly (byte[] Ratified, byte[] Draft)[] Spellings =
    [
        ("+reply"u8.ToArray(), "+draft/reply"u8.ToArray()),
        ("+channel-context"u8.ToArray(), "+draft/channel-context"u8.ToArray()),
    ];

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

        var all = new IrcTags(tags.Span);
        var isBoth = Has(all, IsReaction) && Has(all, IsReactionTakenBack);
        var kept = new ArrayBufferWriter<byte>(tags.Length);
        foreach (var tag in all.ClientOnly)
        {
            // "The `+draft/react` and `+draft/unreact` tags MUST NOT both be attached to a single message": neither can be meant.
            if (!Allows(tag.Key) || (isBoth && (IsReaction(tag.Key) || IsReactionTakenBack(tag.Key))))
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

        foreach (var (ratified, draft) in Spellings)
        {
            AddOtherSpelling(all, ratified, draft, kept);
            AddOtherSpelling(all, draft, ratified, kept);
        }

        return kept.WrittenMemory;
    }

    private static bool IsReaction(ReadOnlySpan<byte> key) => key.SequenceEqual("+draft/react"u8) || key.SequenceEqual("+react"u8);

    private static bool IsReactionTakenBack(ReadOnlySpan<byte> key) => key.SequenceEqual("+draft/unreact"u8) || key.SequenceEqual("+unreact"u8);

    private static bool Has(in IrcTags tags, Func<ReadOnlySpan<byte>, bool> isIt)
    {
        foreach (var tag in tags.ClientOnly)
        {
            if (isIt(tag.Key))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds a tag by its other name: some clients know one of the two only.</summary>
    private void AddOtherSpelling(in IrcTags tags, ReadOnlySpan<byte> sent, ReadOnlySpan<byte> other, ArrayBufferWriter<byte> kept)
    {
        if (tags.TryGet(sent, out var value) && !tags.TryGet(other, out _) && Allows(sent) && Allows(other))
        {
            kept.Write(";"u8);
            kept.Write(other);
            kept.Write("="u8);
            kept.Write(value);
        }
    }

    private bool Allows(ReadOnlySpan<byte> key)
        => (!_deniesAll && _exceptions.Count == 0) || _exceptions.Contains(Encoding.UTF8.GetString(key[1..])) == _deniesAll;
}
