using System.Buffers;
using System.Text;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;

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
        var number = numbered ? $" {entry.Number}" : "";
        Write(output, $"{place}{number}| {Words(entry)}");
    }

    public override void EncodeFor(Shown what, IBufferWriter<byte> output)
    {
        switch (what)
        {
            case Echo { Message: var message }:
                Encode(message, output);
                break;
            case Told { Entry: var entry }:
                Encode(entry, output);
                break;
            case RenamingTold { Entry: var entry }:
                Encode(entry, output);
                break;
            case Past past:
                Write(past, output);
                break;
            case NewValue:
                break;
            default:
                Write(output, Words(what));
                break;
        }
    }

    private static string Words(Shown what) => what switch
    {
        Welcome its => $"{its.Room.Name}| welcome {its.Self.Name}",
        Invitation { Entry: var entry } => $"{entry.Actor.Name} asks you into {entry.Room}",
        Presence its => $"{its.User.Name} is {(its.IsHere ? "here" : "gone")}",
        Wallops its => $"{its.From.Name} to all: {Text(its.Text)}",
        Direct { Message: var message } => $"{message.From.Name} to you: {Text(message.Text)}",
        DirectEcho { Message: var message } => $"you to {message.To}: {Text(message.Text)}",
        DirectTakenAway { Redaction: var redaction } => $"{redaction.From.Name} took #{redaction.Number} to {redaction.To} back: {redaction.Reason}",
        ReadMarker its => $"{its.Target} was read up to {its.Time:HH:mm}",
        Missed its => $"missed {its.Count}",
        NotKept its => $"refused: {Text(its.Text)}",
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "no words for it"),
    };

    private static void Write(Past past, IBufferWriter<byte> output)
    {
        Write(output, past.Part.HasFlag(HistoryPart.First) ? $"{past.Room}| before" : $"{past.Room}| and");
        foreach (var entry in past.Entries)
        {
            Write(output, $"{entry.Room} #{entry.Number}| {entry.Author}: {Text(entry.Text)}");
        }

        if (past.Part.HasFlag(HistoryPart.Last))
        {
            Write(output, $"{past.Room}| now");
        }
    }

    protected static void Write(IBufferWriter<byte> output, string line) => Encoding.UTF8.GetBytes(line + "\n", output);

    protected static string Words(RoomEvent entry) => entry switch
    {
        MessagePosted { Kind: MessageKind.Text } posted => $"{entry.Actor.Name}: {Text(posted.Text)}",
        MessagePosted posted => $"* {entry.Actor.Name} {Text(posted.Text)}",
        UserJoined => $"{entry.Actor.Name} joined",
        UserLeft left => $"{entry.Actor.Name} left{Because(left.Reason)}",
        UserQuit quit => $"{entry.Actor.Name} quit{Because(quit.Reason)}",
        MessageRedacted redacted => $"{entry.Actor.Name} took #{redacted.Message} away{Because(redacted.Reason)}",
        ServerNotice notice => notice.Text,
        UserRenamed renamed => $"{entry.Actor.Name} is now {renamed.NewName}",
        TopicChanged topic => $"{entry.Actor.Name} set the topic '{topic.Topic}'",
        ModesChanged modes => $"{entry.Actor.Name} set {string.Join(' ', modes.Changes.Select(Words))}",
        RegistrationChanged registration => $"{entry.Actor.Name} registered it to {registration.Registration?.Founder.Name.Value ?? "nobody"}: {string.Join(' ', registration.Changes.Select(Words))}",
        ValueChanged value => $"{entry.Actor.Name} set {value.Key} to '{value.Value}'",
        MemberKicked kicked => $"{entry.Actor.Name} kicked {kicked.Member.Name}{Because(kicked.Reason)}",
        InvitationWithdrawn withdrawn => $"{withdrawn.Actor.Name.Value} asks {withdrawn.Invited.Name.Value} in no more",
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
