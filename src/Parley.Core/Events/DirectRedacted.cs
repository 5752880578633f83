using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>A direct message is to be shown no more.</summary>
/// <param name="Time">When it was taken away, UTC.</param>
/// <param name="From">Its author, who did it.</param>
/// <param name="To">Whom it was to.</param>
/// <param name="Number">Its number among the direct messages in history.</param>
/// <param name="Reason">One line of text; may be empty.</param>
public sealed record DirectRedacted(DateTimeOffset Time, Actor From, UserName To, long Number, string Reason);
