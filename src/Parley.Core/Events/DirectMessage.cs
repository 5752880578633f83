using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>A message from one user to another, outside of any room.</summary>
/// <param name="Time">When the broker accepted it, UTC.</param>
/// <param name="From">The author.</param>
/// <param name="To">The recipient, as it spells its own name.</param>
/// <param name="Text">Valid UTF-8 without line breaks; MUST NOT be changed afterwards.</param>
public sealed record DirectMessage(DateTimeOffset Time, Actor From, UserName To, ReadOnlyMemory<byte> Text);
