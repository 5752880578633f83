using Parley.Core.Accounts;
using Parley.Core.Names;

namespace Parley.Core.History;

/// <summary>The other end of a conversation of two, as somebody asks for it.</summary>
/// <param name="Name">A name: whoever wore it when something was said is meant.</param>
/// <param name="Id">Who has that name now, whose messages under other names are meant, too; unknown if nobody has it.</param>
public readonly record struct Correspondent(UserName Name, Identity Id = default)
{
    /// <summary>True if the recipient of a message is meant.</summary>
    public bool Received(in HistoryEntry entry) => entry.Recipient == Name || (!Id.IsUnknown && entry.RecipientId == Id);

    /// <summary>True if the author of a message is meant.</summary>
    public bool Wrote(in HistoryEntry entry) => entry.Author == Name || (!Id.IsUnknown && entry.AuthorId == Id);
}
