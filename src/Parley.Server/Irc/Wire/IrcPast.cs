using System.Buffers;
using System.Text;
using Parley.Core.Events;
using Parley.Core.History;

namespace Parley.Server.Irc.Wire;

/// <summary>Entries of history in the words of IRC, as they were shown then.</summary>
internal static class IrcPast
{
    /// <param name="events">How the reader is shown things.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="response">The tag that says what it belongs to; null for none.</param>
    /// <param name="output">Takes the bytes; none, if the reader has not negotiated what it would take.</param>
    public static void Write(IrcEvents events, in HistoryEntry entry, string? response, IBufferWriter<byte> output)
    {
        var draft = new MessageDraft(entry.Kind, entry.Text) { Tags = entry.Tags };
        switch (entry)
        {
            case { Kind: <= MessageKind.Tags, Room.IsEmpty: true }:
                events.Write(new DirectMessage(entry.Number, entry.Time, entry.Actor, entry.Recipient, draft) { IsKept = true }, response, output);
                break;
            case { Kind: <= MessageKind.Tags }:
                events.Write(new MessagePosted(entry.Room, entry.Number, entry.Time, entry.Actor, draft) { IsKept = true, FormerRoom = entry.FormerRoom }, response, output);
                break;
            case { Kind: MessageKind.Redacted, Room.IsEmpty: true }:
                var reason = Encoding.UTF8.GetString(entry.Text.Span);
                events.Write(new DirectRedacted(entry.Time, entry.Actor, entry.Recipient, entry.Number, reason), output, response);
                break;
            default:
                if (EventEntry.Restore(entry) is { } happened)
                {
                    // A redaction has the number of what is no more, and is not known by that.
                    var id = happened is MessageRedacted ? null : MessageId.Of(entry);
                    events.Write(happened, output, response, id);
                }

                break;
        }
    }
}
