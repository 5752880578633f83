using System.Buffers;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Rooms;
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
            case MessagePosted { Kind: MessageKind.Text } posted:
                Begin(entry, output);
                LinesWriter.Message(output, name, posted.Text.Span);
                break;
            case MessagePosted posted:
                Begin(entry, output);
                LinesWriter.Action(output, name, posted.Text.Span);
                break;
            case UserJoined:
                Begin(entry, output);
                LinesWriter.Joined(output, name);
                break;
            case UserLeft or UserQuit:
                Begin(entry, output);
                LinesWriter.Left(output, name);
                break;
            case MemberKicked kicked:
                Begin(entry, output);
                LinesWriter.Kicked(output, kicked.Member.Name.Value, name, kicked.Reason);
                break;
            case UserRenamed renamed:
                Begin(entry, output);
                LinesWriter.Renamed(output, name, renamed.NewName.Value);
                break;
            case TopicChanged topic:
                Begin(entry, output);
                LinesWriter.TopicChanged(output, name, topic.Topic);
                break;
            case ModesChanged modes:
                foreach (var words in modes.Changes.Select(LinesModeWords.Of).OfType<string>())
                {
                    Begin(entry, output);
                    LinesWriter.Did(output, name, words);
                }

                break;
            case RoomRenamed renamed:
                Begin(entry, output);
                LinesWriter.RoomRenamed(output, name, renamed.Reason);
                LinesWriter.YouJoined(output, renamed.NewName.Value);
                break;
            case ServerNotice notice:
                Begin(entry, output);
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
        => LinesWriter.DirectFrom(output, message.From.Name.Value, message.Text.Span);

    public override void EncodeDirectEcho(DirectMessage message, IBufferWriter<byte> output)
        => LinesWriter.DirectTo(output, message.To.Value, message.Text.Span);

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

    private void Begin(RoomEvent entry, IBufferWriter<byte> output)
    {
        if (showsTimes)
        {
            LinesWriter.Time(output, TimeZoneInfo.ConvertTime(entry.Time, time.LocalTimeZone));
        }
    }
}
