using System.Buffers;
using System.Text;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Specification;

/// <summary>
/// Events as lines that a test can read: <c>main| Ann: hi</c>, numbered <c>main 7| Ann: hi</c>. Every field of the event
/// shows, so that a wrong one does too.
/// </summary>
public class PlainFlavor(bool numbered = false) : Flavor
{
    public override void Encode(RoomEvent entry, IBufferWriter<byte> output)
    {
        var place = entry.Room.IsEmpty ? "-" : entry.Room.Value;
        var number = numbered ? $" {entry.Sequence}" : "";
        Write(output, $"{place}{number}| {Words(entry)}");
    }

    public override void EncodeWelcome(IRoomView room, Actor self, IBufferWriter<byte> output)
        => Write(output, $"{room.Name}| welcome {self.Name}");

    public override void EncodeInvitation(UserInvited entry, IBufferWriter<byte> output)
        => Write(output, $"{entry.Actor.Name} asks you into {entry.Room}");

    public override void EncodePresence(Actor user, bool isHere, IBufferWriter<byte> output)
        => Write(output, $"{user.Name} is {(isHere ? "here" : "gone")}");

    public override void EncodeWallops(Actor from, ReadOnlyMemory<byte> text, IBufferWriter<byte> output)
        => Write(output, $"{from.Name} to all: {Text(text)}");

    public override void EncodeSilenced(RoomName room, ReadOnlySpan<byte> text, IBufferWriter<byte> output)
        => Write(output, $"{room}| silenced: {Encoding.UTF8.GetString(text)}");

    public override void EncodeDirect(DirectMessage message, IBufferWriter<byte> output)
        => Write(output, $"{message.From.Name} to you: {Text(message.Text)}");

    public override void EncodeDirectEcho(DirectMessage message, IBufferWriter<byte> output)
        => Write(output, $"you to {message.To}: {Text(message.Text)}");

    public override void EncodeRedaction(DirectRedacted redaction, IBufferWriter<byte> output)
        => Write(output, $"{redaction.From.Name} took #{redaction.Number} to {redaction.To} back: {redaction.Reason}");

    public override void EncodeReadMarker(string target, DateTimeOffset time, IBufferWriter<byte> output)
        => Write(output, $"{target} was read up to {time:HH:mm}");

    public override void EncodeMissed(long count, IBufferWriter<byte> output) => Write(output, $"missed {count}");

    public override void EncodeHistory(RoomName room, IReadOnlyList<HistoryEntry> entries, HistoryPart part, IBufferWriter<byte> output)
    {
        Write(output, part.HasFlag(HistoryPart.First) ? $"{room}| before" : $"{room}| and");
        foreach (var entry in entries)
        {
            Write(output, $"{entry.Room} #{entry.Number}| {entry.Author}: {Text(entry.Text)}");
        }

        if (part.HasFlag(HistoryPart.Last))
        {
            Write(output, $"{room}| now");
        }
    }

    public override void EncodeRefused(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
        => Write(output, $"refused: {Encoding.UTF8.GetString(text)}");

    protected static void Write(IBufferWriter<byte> output, string line) => Encoding.UTF8.GetBytes(line + "\n", output);

    protected static string Words(RoomEvent entry) => entry switch
    {
        MessagePosted { Kind: MessageKind.Text } posted => $"{entry.Actor.Name}: {Text(posted.Text)}",
        MessagePosted posted => $"* {entry.Actor.Name} {Text(posted.Text)}",
        UserJoined => $"{entry.Actor.Name} joined",
        UserLeft left => $"{entry.Actor.Name} left{Because(left.Reason)}",
        UserQuit quit => $"{entry.Actor.Name} quit{Because(quit.Reason)}",
        MessageRedacted redacted => $"{entry.Actor.Name} took #{redacted.Number} away{Because(redacted.Reason)}",
        ServerNotice notice => notice.Text,
        UserRenamed renamed => $"{entry.Actor.Name} is now {renamed.NewName}",
        TopicChanged topic => $"{entry.Actor.Name} set the topic '{topic.Topic}'",
        ModesChanged modes => $"{entry.Actor.Name} set {string.Join(' ', modes.Changes.Select(Words))}",
        MemberKicked kicked => $"{entry.Actor.Name} kicked {kicked.Member.Name}{Because(kicked.Reason)}",
        UserInvited invited => $"{entry.Actor.Name} asked {invited.Invited.Name} in{(invited.Admits ? "" : ", for what it is worth")}",
        RoomRenamed renamed => $"{entry.Actor.Name} renamed it to {renamed.NewName}{Because(renamed.Reason)}",
        UserUpdated updated => $"{entry.Actor.Name} was {Words(entry.Actor.Profile)} and is {Words(updated.NewProfile)}",
        _ => throw new ArgumentOutOfRangeException(nameof(entry), entry, "no words for it"),
    };

    private static string Words(RoomModeChange change)
        => $"{(change.IsAdding ? '+' : '-')}{change.Mode}{(change.Argument is null ? "" : $"={change.Argument}")}";

    private static string Words(UserProfile profile)
        => $"{profile.Ident}@{profile.Host}{(profile.Away is null ? "" : $" away ({profile.Away})")}{(profile.Account.IsEmpty ? "" : $" as {profile.Account}")}";

    private static string Because(string reason) => reason.Length == 0 ? "" : $" ({reason})";

    private static string Text(ReadOnlyMemory<byte> text) => Encoding.UTF8.GetString(text.Span);
}
