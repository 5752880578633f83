using System.Buffers;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Protocol.Irc;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines;

/// <summary>Events in the words of the lines protocol, with or without the time before what comes from a room.</summary>
internal sealed class LinesFlavor(TimeProvider time, bool showsTimes = false) : Flavor
{
    private readonly HistoryLines _history = new(time);

    public override void Encode(RoomEvent entry, IBufferWriter<byte> output)
    {
        var name = entry.Actor.Name.Value;
        switch (entry)
        {
            case MessagePosted posted:
                LinesMessage.Write(posted.Kind, name, posted.Text.Span, StampOf(entry), output);
                break;
            case UserJoined:
                StampOf(entry).Write(output);
                LinesWriter.Joined(output, name);
                break;
            case UserLeft or UserQuit:
                StampOf(entry).Write(output);
                LinesWriter.Left(output, name);
                break;
            case MemberKicked kicked:
                StampOf(entry).Write(output);
                LinesWriter.Kicked(output, kicked.Member.Name.Value, name, kicked.Reason);
                break;
            case UserRenamed renamed:
                StampOf(entry).Write(output);
                LinesWriter.Renamed(output, name, renamed.NewName.Value);
                break;
            case TopicChanged topic:
                StampOf(entry).Write(output);
                LinesWriter.TopicChanged(output, name, topic.Topic);
                break;
            case ModesChanged modes:
                foreach (var words in modes.Changes.Select(LinesModeWords.Of).OfType<string>())
                {
                    StampOf(entry).Write(output);
                    LinesWriter.Did(output, name, words);
                }

                break;
            case RoomRenamed renamed:
                StampOf(entry).Write(output);
                LinesWriter.RoomRenamed(output, name, renamed.Reason);
                LinesWriter.YouJoined(output, renamed.NewName.Value);
                break;
            case ServerNotice notice:
                StampOf(entry).Write(output);
                LinesWriter.Notice(output, notice.Text);
                break;
        }
    }

    public override void EncodeWelcome(IRoomView room, Actor self, IBufferWriter<byte> output)
    {
        LinesWriter.YouJoined(output, room.Name.Value);
        if (room.Topic is { } topic)
        {
            LinesWriter.Topic(output, topic.Text);
        }
    }

    public override void EncodeInvitation(UserInvited entry, IBufferWriter<byte> output)
        => LinesWriter.Invited(output, entry.Actor.Name.Value, entry.Room.Value);

    public override void EncodeDirect(DirectMessage message, IBufferWriter<byte> output)
        => LinesMessage.WriteDirect(message, output);

    public override void EncodeDirectEcho(DirectMessage message, IBufferWriter<byte> output)
    {
        if (message.Draft.IsForClients)
        {
            return;
        }

        foreach (var line in new PlainLines(message.Text.Span))
        {
            LinesWriter.DirectTo(output, message.To.Value, line);
        }
    }

    public override void EncodeMissed(long count, IBufferWriter<byte> output)
        => LinesWriter.Dropped(output, count);

    public override void EncodeHistory(RoomName room, IReadOnlyList<HistoryEntry> entries, HistoryPart part, IBufferWriter<byte> output)
    {
        if (part.HasFlag(HistoryPart.First))
        {
            LinesWriter.HistoryStart(output, room.Value);
        }

        _history.Write(entries, output);
        if (part.HasFlag(HistoryPart.Last))
        {
            LinesWriter.HistoryEnd(output);
        }
    }

    public override void EncodeRefused(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
        => LinesWriter.Refused(output);

    public override void EncodeSilenced(RoomName room, ReadOnlySpan<byte> text, IBufferWriter<byte> output)
        => LinesWriter.MayNotSpeak(output, room.Value);

    private LinesStamp StampOf(RoomEvent entry)
        => showsTimes ? LinesStamp.Time(TimeZoneInfo.ConvertTime(entry.Time, time.LocalTimeZone)) : default;
}
