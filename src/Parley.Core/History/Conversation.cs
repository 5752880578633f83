using Parley.Core.Accounts;
using Parley.Core.Names;

namespace Parley.Core.History;

/// <summary>Somebody with whom direct messages were exchanged.</summary>
/// <param name="With">The other, under the name of the last of them.</param>
/// <param name="LastTime">When that was sent, UTC.</param>
public readonly record struct Conversation(UserName With, DateTimeOffset LastTime)
{
    /// <summary>The conversations that messages belong to, one for each account and for each name of others.</summary>
    /// <param name="reader">One end of all of them.</param>
    /// <param name="messages">Messages that it may read, of each conversation the last one at least.</param>
    public static IEnumerable<Conversation> Latest(DirectReader reader, IEnumerable<HistoryEntry> messages)
        => messages
            .GroupBy(entry => EndOf(reader, entry))
            .Select(conversation => conversation.MaxBy(entry => entry.Number))
            .Select(last => new Conversation(reader.Wrote(last) ? last.Recipient : last.Author, last.Time));

    /// <summary>Returns the other end of the reader's conversation that a message belongs to: an account, whatever its name; else a name.</summary>
    public static (UserName Name, Identity Account) EndOf(DirectReader reader, in HistoryEntry entry)
    {
        var (name, id) = reader.Wrote(entry) ? (entry.Recipient, entry.RecipientId) : (entry.Author, entry.AuthorId);
        return id.IsAccount ? (default, id) : (name, default);
    }
}
