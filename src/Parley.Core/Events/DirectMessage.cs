using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>A message from one user to another, outside of any room.</summary>
/// <param name="Number">Its number among the direct messages, as rooms number events.</param>
/// <param name="Time">When it was accepted, UTC.</param>
/// <param name="From">The author.</param>
/// <param name="To">The recipient, as it spells its own name.</param>
/// <param name="Draft">What the author said.</param>
public sealed record DirectMessage(long Number, DateTimeOffset Time, Actor From, UserName To, MessageDraft Draft)
{
    /// <summary>True if history keeps it under its number.</summary>
    public bool IsKept { get; init; }

    /// <summary>Kind of the message, which says how to read it.</summary>
    public MessageKind Kind => Draft.Kind;

    /// <summary>Valid UTF-8; MUST NOT be changed.</summary>
    public ReadOnlyMemory<byte> Text => Draft.Text;
}
