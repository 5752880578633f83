using Parley.Core.Names;

namespace Parley.Core.History;

/// <summary>Who asks for direct messages, and which of those to and from its name are its own.</summary>
/// <remarks>
/// A name proves nothing: somebody else may have worn it before. So a reader is shown what was said since it took the name,
/// and beyond that only what was said to or by the account that it has proven.
/// </remarks>
/// <param name="Name">The name it wears.</param>
/// <param name="Since">When it took that name: earlier messages of the same time do not count.</param>
/// <param name="Account">The account it has proven; empty if none.</param>
public readonly record struct DirectReader(UserName Name, DateTimeOffset Since, UserName Account = default)
{
    /// <summary>Whether it wrote a message, in a room or to somebody.</summary>
    public bool Wrote(in HistoryEntry entry)
        => (entry.Author == Name && entry.Time >= Since) || (!Account.IsEmpty && entry.Account == Account);

    /// <summary>Whether it may be shown a message between its name and another.</summary>
    public bool MayRead(in HistoryEntry entry)
        => entry.Time >= Since
            || (!Account.IsEmpty
                && ((entry.Author == Name && entry.Account == Account) || (entry.Recipient == Name && entry.RecipientAccount == Account)));
}
