using System.Buffers;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Server.Irc;

/// <summary>What was said before, for a client that joins a room or fell behind in it.</summary>
internal static class IrcReplay
{
    public static void Write(IrcSession session, RoomName room, IReadOnlyList<HistoryEntry> entries, HistoryPart part, IBufferWriter<byte> output)
    {
        foreach (var entry in entries)
        {
            Write(session, entry, response: null, output);
        }
    }

    /// <summary>One message of the past, as it was shown then.</summary>
    /// <param name="session">Who is shown it.</param>
    /// <param name="entry">The message.</param>
    /// <param name="response">The tag that says what it belongs to; null for none.</param>
    /// <param name="output">Takes the bytes.</param>
    public static void Write(IrcSession session, in HistoryEntry entry, string? response, IBufferWriter<byte> output)
    {
        var at = entry.Origin?.IndexOf('@', StringComparison.Ordinal) ?? -1;
        var profile = new UserProfile { Account = entry.Account };
        profile = at < 0 ? profile : profile with { Ident = entry.Origin![..at], Host = entry.Origin[(at + 1)..] };
        var author = new Actor(0, entry.Author, profile);
        var draft = new MessageDraft(entry.Kind, entry.Text) { Tags = entry.Tags };
        if (entry.Room.IsEmpty)
        {
            session.Events.Write(new DirectMessage(0, entry.Time, author, entry.Recipient, draft, entry.Number), response, output);
        }
        else
        {
            session.Events.Write(new MessagePosted(entry.Room, 0, entry.Time, author, draft, entry.Number), response, output);
        }
    }
}
