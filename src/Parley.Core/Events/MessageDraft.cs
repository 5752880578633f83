using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Parley.Core.Events;

/// <summary>Message that a user wants to post, before the broker has accepted it.</summary>
/// <param name="Kind">How it is meant to be read.</param>
/// <param name="Text">Valid UTF-8 without line breaks (a message of several lines has them); MUST NOT be changed afterwards.</param>
public sealed record MessageDraft(MessageKind Kind, ReadOnlyMemory<byte> Text)
{
    /// <summary>Tags for other clients, which the core does not look into: <c>key=value;key=value</c>, escaped; MUST NOT be changed afterwards.</summary>
    public ReadOnlyMemory<byte> Tags { get; init; }

    /// <summary>Words that are in the tags, UTF-8: the text of a reaction, and what else users may read there; empty for none. Filters and slow mode go by it.</summary>
    public ReadOnlyMemory<byte> Reaction { get; init; }

    /// <summary>Where its author has cut lines that go on, as places in the text, ascending; empty for nowhere. It is shown so now, and not kept.</summary>
    public ImmutableArray<int> Joints { get; init; } = [];

    /// <summary>True if the author's session is shown its own message, in its place among the others.</summary>
    public bool Echo { get; init; } = true;

    /// <summary>Label by which the author's session knows this message, and which its echo carries; null for none.</summary>
    public string? Label { get; init; }

    /// <summary>Only members of this rank or above are shown it; <see cref="MemberRank.None"/> for all. It is not kept then.</summary>
    public MemberRank MinRank { get; init; }

    /// <summary>True if tags without text matter later, too, as a reaction does. That somebody types does not, and is not kept.</summary>
    public bool IsLasting { get; init; }

    /// <summary>True if it is for others alone: no other session of its author is shown it, as nobody has to be told that it types itself.</summary>
    public bool IsForOthers { get; init; }

    /// <summary>Mark by which it is recognised where a cluster's node sends it again; none without a cluster.</summary>
    public PostOrigin Origin { get; init; }

    /// <summary>All that users may read, UTF-8: the words in the tags, behind the text of what is not tags alone.</summary>
    public ReadOnlyMemory<byte> Words => Kind == MessageKind.Tags ? Reaction : Reaction.IsEmpty ? Text : (byte[])[.. Text.Span, (byte)' ', .. Reaction.Span];

    /// <summary>True if there is a letter in <see cref="Words"/>.</summary>
    public bool HasLetters
    {
        get
        {
            for (var rest = Words.Span; Rune.DecodeFromUtf8(rest, out var rune, out var length) == OperationStatus.Done; rest = rest[length..])
            {
                if (Rune.IsLetter(rune))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>True if it is kept in history, where there is one.</summary>
    public bool IsKept => MinRank == MemberRank.None && (!IsForClients || IsLasting);

    /// <summary>True if it is for clients and not for their users: whoever has none that understands it misses nothing.</summary>
    public bool IsForClients => Kind is MessageKind.Tags or MessageKind.Query or MessageKind.Answer;
}
