using System.Buffers;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Modes;
using Parley.Core.Rooms;
using Parley.Core.Text;
using Parley.Protocol.Lines;
using Parley.Server.Connections;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Lines;

/// <summary>Events in the words of the lines protocol, with or without the time and tags before what comes from a room.</summary>
internal sealed class LinesFlavor(TimeProvider time, bool showsTimes = false, bool showsTags = false) : Flavor
{
    private readonly HistoryLines _history = new(time, showsTags);

    public override void Encode(RoomEvent entry, IBufferWriter<byte> output)
    {
        var name = entry.Actor.Name.Value;
        switch (entry)
        {
            case MessagePosted posted:
                LinesMessage.Write(posted.Kind, name, posted.Text.Span, StampOf(posted), output);
                break;
            case UserJoined:
                StampOf(entry).Write(output);
                LinesWriter.Joined(output, name);
                break;
            case MessageRedacted redacted:
                (StampOf(entry) with { Reference = showsTags ? MessageId.Of(redacted.SaidIn, redacted.Message) : null }).Write(output);
                LinesWriter.Deleted(output, name, TextFormatting.Remove(redacted.Reason));
                break;
            case UserQuit:
                // It is told once, for all rooms.
                TimeOf(entry).Write(output);
                LinesWriter.Left(output, name);
                break;
            case UserLeft:
                StampOf(entry).Write(output);
                LinesWriter.Left(output, name);
                break;
            case MemberKicked kicked:
                StampOf(entry).Write(output);
                LinesWriter.Kicked(output, kicked.Member.Name.Value, name, TextFormatting.Remove(kicked.Reason));
                break;
            case UserRenamed renamed:
                TimeOf(entry).Write(output);
                LinesWriter.Renamed(output, name, renamed.NewName.Value);
                break;
            case TopicChanged topic:
                StampOf(entry).Write(output);
                LinesWriter.TopicChanged(output, name, TextFormatting.Remove(topic.Topic));
                break;
            case ModesChanged modes:
                WriteModes(modes, modes.Changes, output);
                break;
            case RegistrationChanged registration:
                WriteModes(registration, registration.Changes, output);
                break;
            case RoomRenamed renamed:
                StampOf(entry).Write(output);
                LinesWriter.RoomRenamed(output, name, TextFormatting.Remove(renamed.Reason));
                LinesWriter.Tags(output, showsTags ? renamed.Room.Value : "");
                LinesWriter.YouJoined(output, renamed.NewName.Value);
                break;
            case ServerNotice notice:
                StampOf(entry).Write(output);
                LinesWriter.Notice(output, notice.Text);
                break;
        }
    }

    public override void EncodeFor(Shown what, IBufferWriter<byte> output)
    {
        switch (what)
        {
            case Welcome { Room: var room }:
                WriteWelcome(room, output);
                break;
            case Echo { Message: var message }:
                Encode(message, output);
                break;
            case Told { Entry: UserLeft entry }:
                // It is the client's own user that has left, on another session.
                Encode(entry, output);
                if (!showsTags)
                {
                    LinesWriter.InNoRoom(output);
                }

                break;
            case Told { Entry: var entry }:
                Encode(entry, output);
                break;
            case RenamingTold { Entry: var entry }:
                Encode(entry, output);
                break;
            case Invitation { Entry: var entry }:
                LinesWriter.Invited(output, entry.Actor.Name.Value, entry.Room.Value);
                break;
            case Direct { Message: var message }:
                LinesMessage.WriteDirect(message, output);
                break;
            case DirectEcho { Message: { Draft.IsForClients: false } message }:
                foreach (var line in new PlainLines(message.Text.Span))
                {
                    LinesWriter.DirectTo(output, message.To.Value, line);
                }

                break;
            case Missed { Count: var count }:
                LinesWriter.Dropped(output, count);
                break;
            case Waiting { Entries: var entries }:
                _history.WriteDirect(entries, output);
                break;
            case Past past:
                WritePast(past, output);
                break;
            case NotKept:
                LinesWriter.Refused(output);
                break;
        }
    }

    private void WriteModes(RoomEvent entry, IReadOnlyList<RoomModeChange> changes, IBufferWriter<byte> output)
    {
        foreach (var words in changes.Select(RoomModes.Words).OfType<string>())
        {
            StampOf(entry).Write(output);
            LinesWriter.Did(output, entry.Actor.Name.Value, words);
        }
    }

    private void WriteWelcome(IRoomView room, IBufferWriter<byte> output)
    {
        var tag = showsTags ? room.Name.Value : "";
        LinesWriter.Tags(output, tag);
        LinesWriter.YouJoined(output, room.Name.Value);
        if (room.Topic is { } topic)
        {
            LinesWriter.Tags(output, tag);
            LinesWriter.Topic(output, TextFormatting.Remove(topic.Text));
        }
    }

    private void WritePast(Past past, IBufferWriter<byte> output)
    {
        var tag = showsTags ? past.Room : default;
        if (past.Part.HasFlag(HistoryPart.First))
        {
            LinesWriter.Tags(output, tag.Value);
            LinesWriter.HistoryStart(output, past.Room.Value);
        }

        _history.Write(past.Entries, output, tag);
        if (past.Part.HasFlag(HistoryPart.Last))
        {
            LinesWriter.Tags(output, tag.Value);
            LinesWriter.HistoryEnd(output);
        }
    }

    private LinesStamp StampOf(MessagePosted posted)
        => showsTags ? StampOf((RoomEvent)posted) with { Id = posted.IsKept ? MessageId.Of(posted.FormerRoom.IsEmpty ? posted.Room : posted.FormerRoom, posted.Number) : null, Reference = RepliedTo.Of(posted.Draft.Tags.Span) } : TimeOf(posted);

    private LinesStamp StampOf(RoomEvent entry) => showsTags ? TimeOf(entry) with { Room = entry.Room } : TimeOf(entry);

    private LinesStamp TimeOf(RoomEvent entry)
        => showsTimes ? LinesStamp.Time(TimeZoneInfo.ConvertTime(entry.Time, time.LocalTimeZone)) : default;
}
