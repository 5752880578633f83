using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>A message from one user to another, outside of any room.</summary>
/// <param name="Sequence">Its number among the direct messages since the server started.</param>
/// <param name="Time">When the broker accepted it, UTC.</param>
/// <param name="From">The author.</param>
/// <param name="To">The recipient, as it spells its own name.</param>
/// <param name="Draft">What the author said.</param>
/// <param name="Number">Its number among the direct messages in history; 0 if it is not kept.</param>
public sealed record DirectMessage(long Sequence, DateTimeOffset Time, Actor From, UserName To, MessageDraft Draft, long Number = 0)
{
    /// <summary>How it is meant to be read.</summary>
    public MessageKind Kind => Draft.Kind;

    /// <summary>Valid UTF-8; MUST NOT be changed.</summary>
    public ReadOnlyMemory<byte> Text => Draft.Text;
}
