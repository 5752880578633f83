using System.Buffers;
using System.Globalization;
using System.Text;
using Parley.Protocol.Writing;

namespace Parley.Protocol.Lines;

/// <summary>Writes what a server says to a lines client, one line per call, as in docs/protocols/lines.md.</summary>
/// <remarks>Names, text and lists pass through <see cref="Framing.Utf8Text"/>, so nothing a user wrote can end a line early.</remarks>
public static class LinesWriter
{
    /// <summary>Bytes of a list of rooms or users; of the rest it says how many there are.</summary>
    public const int MaxListBytes = 4096;

    /// <summary>Writes the first line of the command list.</summary>
    public static void HelpHeader(IBufferWriter<byte> output) => output.WriteLine("Server commands"u8);

    /// <summary>Writes one command of the command list, such as <c>  /name {name} - change name</c>.</summary>
    public static void HelpEntry(IBufferWriter<byte> output, string usage, string summary) =>
        output.WriteLine($"  {usage} - {summary}");

    /// <summary>Writes a message in a room.</summary>
    public static void Message(IBufferWriter<byte> output, string name, ReadOnlySpan<byte> text) =>
        output.WriteLine($"{name}: {text}");

    /// <summary>Writes an action in a room, such as <c>* Bob waves</c>.</summary>
    public static void Action(IBufferWriter<byte> output, string name, ReadOnlySpan<byte> text) =>
        output.WriteLine($"* {name} {text}");

    /// <summary>Writes a message in a room that no program may answer, such as <c>-Bob- text</c>.</summary>
    public static void NoticeOf(IBufferWriter<byte> output, string name, ReadOnlySpan<byte> text) =>
        output.WriteLine($"-{name}- {text}");

    /// <summary>Writes that someone joined the room.</summary>
    public static void Joined(IBufferWriter<byte> output, string name) => output.WriteLine($"{name} joined");

    /// <summary>Writes that someone left the room.</summary>
    public static void Left(IBufferWriter<byte> output, string name) => output.WriteLine($"{name} left");

    /// <summary>Writes that someone had to leave the room, such as <c>Ana left, kicked by Bob (enough)</c>.</summary>
    public static void Kicked(IBufferWriter<byte> output, string name, string by, string reason) =>
        output.WriteLine($"{name} left, kicked by {by}{InBrackets(reason)}");

    /// <summary>Writes what an operator did to the room or a member, such as <c>Bob made Ana an operator</c>.</summary>
    public static void Did(IBufferWriter<byte> output, string name, string words) => output.WriteLine($"{name} {words}");

    /// <summary>Writes that the room has another name; that the client is in it follows.</summary>
    public static void RoomRenamed(IBufferWriter<byte> output, string by, string reason) =>
        output.WriteLine($"{by} renamed the room{InBrackets(reason)}");

    /// <summary>Writes what someone says the room is about; nothing any more if it is empty.</summary>
    public static void TopicChanged(IBufferWriter<byte> output, string by, string topic)
    {
        if (topic.Length == 0)
        {
            output.WriteLine($"{by} cleared the topic");
        }
        else
        {
            output.WriteLine($"{by} changed the topic: {topic}");
        }
    }

    /// <summary>Writes what the room is about.</summary>
    public static void Topic(IBufferWriter<byte> output, string topic) => output.WriteLine($"Topic - {topic}");

    /// <summary>Writes that nobody has said what the room is about.</summary>
    public static void NoTopic(IBufferWriter<byte> output) => output.WriteLine("Topic - none"u8);

    /// <summary>Writes that only operators say what the room is about.</summary>
    public static void TopicIsForOperators(IBufferWriter<byte> output, string room) =>
        output.WriteLine($"Only operators change the topic of {room}");

    /// <summary>Writes that someone asks the client into a room.</summary>
    public static void Invited(IBufferWriter<byte> output, string by, string room) =>
        output.WriteLine($"{by} asks you into {room}, /join {room}");

    /// <summary>Writes that the client is in no room, and what to do about it.</summary>
    public static void InNoRoom(IBufferWriter<byte> output) => output.WriteLine("You are in no room, /join one"u8);

    /// <summary>Writes that the client may not speak in a room.</summary>
    public static void MayNotSpeak(IBufferWriter<byte> output, string room) => output.WriteLine($"You may not speak in {room}");

    /// <summary>Writes that a ban keeps the client out of a room.</summary>
    public static void Banned(IBufferWriter<byte> output, string room, string untilAndWhy = "") => output.WriteLine($"You are banned from {room}{untilAndWhy}");

    /// <summary>Writes that the client may come into a room only if it is asked.</summary>
    public static void InviteOnly(IBufferWriter<byte> output, string room) => output.WriteLine($"{room} is by invitation only");

    /// <summary>Writes that a room has a key, and how to give it.</summary>
    public static void NeedsKey(IBufferWriter<byte> output, string room) => output.WriteLine($"{room} needs a key, /join {room} {{key}}");

    /// <summary>Writes that the client may not come into a room, and no more: it may not know why, nor that there is such a room.</summary>
    public static void MayNotEnter(IBufferWriter<byte> output, string room) => output.WriteLine($"You may not come into {room}");

    /// <summary>Writes that nobody more may come into a room.</summary>
    public static void RoomFull(IBufferWriter<byte> output, string room) => output.WriteLine($"{room} is full");

    /// <summary>Writes that someone in the room has a new name.</summary>
    public static void Renamed(IBufferWriter<byte> output, string old, string @new) => output.WriteLine($"{old} is now {@new}");

    /// <summary>Writes the client's own name.</summary>
    public static void YouAre(IBufferWriter<byte> output, string name) => output.WriteLine($"You are {name}");

    /// <summary>Writes that the client is now in the room.</summary>
    public static void YouJoined(IBufferWriter<byte> output, string room) => output.WriteLine($"You joined {room}");

    /// <summary>Writes that the client already was in the room that it wanted to join.</summary>
    public static void YouAreIn(IBufferWriter<byte> output, string room) => output.WriteLine($"You are in {room}");

    /// <summary>Writes that someone else has the name.</summary>
    public static void NameTaken(IBufferWriter<byte> output, string name) => output.WriteLine($"{name} is already taken");

    /// <summary>Writes what a name must look like.</summary>
    public static void BadName(IBufferWriter<byte> output) => output.WriteLine("Name must be 2 - 20 alphanumeric chars"u8);

    /// <summary>Writes what a room's name must look like.</summary>
    public static void BadRoom(IBufferWriter<byte> output) => output.WriteLine("Room must be 2 - 20 alphanumeric chars"u8);

    /// <summary>Writes the rooms with their numbers of users, in the order given.</summary>
    /// <param name="output">Takes the line.</param>
    /// <param name="rooms">The rooms.</param>
    /// <param name="others">Rooms beside these, of which only the number is told.</param>
    public static void Rooms(IBufferWriter<byte> output, IEnumerable<(string Name, int Users)> rooms, int others = 0)
    {
        output.Write("Rooms - "u8);
        List(output, rooms.Select(room => string.Create(CultureInfo.InvariantCulture, $"{room.Name} ({room.Users})")), others);
    }

    /// <summary>Writes the users of the room, in the order given.</summary>
    public static void Users(IBufferWriter<byte> output, IEnumerable<string> users) => Names(output, "Users - "u8, users);

    /// <summary>Writes those users of the room who are logged in to an account, in the order given.</summary>
    public static void LoggedIn(IBufferWriter<byte> output, IEnumerable<string> users) => Names(output, "Logged in - "u8, users);

    private static void Names(IBufferWriter<byte> output, ReadOnlySpan<byte> heading, IEnumerable<string> users)
    {
        output.Write(heading);
        List(output, users);
    }

    /// <summary>Writes that there is no such command; <paramref name="command"/> comes without its slash.</summary>
    public static void Unrecognized(IBufferWriter<byte> output, ReadOnlySpan<byte> command) =>
        output.WriteLine($"Unrecognized command /{command}, try /help");

    /// <summary>Writes how a command is used, such as <c>Usage: /msg {name} {text}</c>.</summary>
    public static void Usage(IBufferWriter<byte> output, string usage) => output.WriteLine($"Usage: {usage}");

    /// <summary>Writes how long a line may be, in bytes.</summary>
    public static void LineTooLong(IBufferWriter<byte> output, int max) =>
        output.WriteLine($"Messages can only be {max} bytes long");

    /// <summary>Writes that a line was dropped because it is not UTF-8.</summary>
    public static void NotUtf8(IBufferWriter<byte> output) => output.WriteLine("Messages must be UTF-8"u8);

    /// <summary>Writes how many messages a client missed because it fell behind.</summary>
    public static void Dropped(IBufferWriter<byte> output, long count) =>
        output.WriteLine($"Server is very busy and dropped {count} messages, sorry!");

    /// <summary>Writes a direct message as its sender sees it.</summary>
    public static void DirectTo(IBufferWriter<byte> output, string name, ReadOnlySpan<byte> text) =>
        output.WriteLine($"to {name}: {text}");

    /// <summary>Writes a direct message as its recipient sees it.</summary>
    public static void DirectFrom(IBufferWriter<byte> output, string name, ReadOnlySpan<byte> text) =>
        output.WriteLine($"from {name}: {text}");

    /// <summary>Writes an action that is a direct message as its recipient sees it, such as <c>from Bob: * Bob waves</c>.</summary>
    public static void DirectActionFrom(IBufferWriter<byte> output, string name, ReadOnlySpan<byte> text) =>
        output.WriteLine($"from {name}: * {name} {text}");

    /// <summary>Writes that the recipient of a direct message is not connected.</summary>
    public static void NotHere(IBufferWriter<byte> output, string name) => output.WriteLine($"{name} is not here");

    /// <summary>Writes that the recipient of a direct message, as the client spelled it, is not connected.</summary>
    public static void NotHere(IBufferWriter<byte> output, ReadOnlySpan<byte> name) => output.WriteLine($"{name} is not here");

    /// <summary>Writes that what follows was said before.</summary>
    public static void HistoryStart(IBufferWriter<byte> output, string room) =>
        output.WriteLine($"History - earlier messages in {room}");

    /// <summary>Writes that what follows was found.</summary>
    public static void SearchStart(IBufferWriter<byte> output, string room) =>
        output.WriteLine($"History - found in {room}");

    /// <summary>Writes that what was said before ends here.</summary>
    public static void HistoryEnd(IBufferWriter<byte> output) => output.WriteLine("History - end"u8);

    /// <summary>Writes that what was said before ends here, and the command that goes on from there.</summary>
    public static void HistoryEnd(IBufferWriter<byte> output, string more) => output.WriteLine($"History - end, for more: {more}");

    /// <summary>Writes that there is nothing to show.</summary>
    public static void HistoryNone(IBufferWriter<byte> output) => output.WriteLine("History - none"u8);

    /// <summary>Writes that the server keeps no history.</summary>
    public static void HistoryOff(IBufferWriter<byte> output) => output.WriteLine("History - this server keeps none"u8);

    /// <summary>Writes that history could not be read.</summary>
    public static void HistoryFailed(IBufferWriter<byte> output) => output.WriteLine("History - cannot be read at the moment, try again later"u8);

    /// <summary>Writes that a message was not sent, as it could not be kept.</summary>
    public static void Refused(IBufferWriter<byte> output) =>
        output.WriteLine("Server cannot keep messages at the moment, yours was not sent, try again later"u8);

    /// <summary>Writes that someone deleted a message, such as <c>Bob deleted a message (spam)</c>.</summary>
    public static void Deleted(IBufferWriter<byte> output, string by, string reason) => output.WriteLine($"{by} deleted a message{InBrackets(reason)}");

    /// <summary>Writes that the client is not in a room that it has named.</summary>
    public static void NotIn(IBufferWriter<byte> output, string room) => output.WriteLine($"You are not in {room}, /join it first");

    /// <summary>Writes the tags that precede a line, <c>#room @id >id </c>, those that are given, and does not end the line.</summary>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="room">Room of the line; empty for none.</param>
    /// <param name="id">Id of the message; null for none.</param>
    /// <param name="reference">Id of the message that the line is about; null for none.</param>
    public static void Tags(IBufferWriter<byte> output, string room, string? id = null, string? reference = null)
    {
        if (room.Length > 0)
        {
            output.WritePart($"#{room} ");
        }

        if (id is not null)
        {
            output.WritePart($"@{id} ");
        }

        if (reference is not null)
        {
            output.WritePart($">{reference} ");
        }
    }

    /// <summary>Writes any other line that is for this client alone.</summary>
    public static void Notice(IBufferWriter<byte> output, string text) => output.WriteLine($"{text}");

    /// <summary>Writes the date and the time that precede a line from an earlier day, <c>[2026-11-20 10:32] </c>, and does not end the line.</summary>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="localTime">The time, its offset already that of the place whose clock is shown.</param>
    public static void DateAndTime(IBufferWriter<byte> output, DateTimeOffset localTime)
    {
        const int Length = 19;
        localTime.TryFormat(output.GetSpan(Length), out var written, "'['yyyy'-'MM'-'dd HH':'mm'] '", CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    /// <summary>Writes the time that precedes a line from a room, <c>[10:32] </c>, and does not end the line.</summary>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="localTime">The time, its offset already that of the place whose clock is shown.</param>
    public static void Time(IBufferWriter<byte> output, DateTimeOffset localTime)
    {
        var (hour, minute) = (localTime.Hour, localTime.Minute);
        ReadOnlySpan<byte> prefix =
        [
            (byte)'[', Digit(hour / 10), Digit(hour % 10), (byte)':', Digit(minute / 10), Digit(minute % 10), (byte)']', (byte)' ',
        ];
        output.Write(prefix);

        static byte Digit(int value) => (byte)('0' + value);
    }

    /// <summary>Writes as much of a list as one line may hold, and how much more there is: what somebody asks for once must not take everybody's time.</summary>
    private static void List(IBufferWriter<byte> output, IEnumerable<string> items, int others = 0)
    {
        var (separator, bytes, more) = ("", 0, others);
        foreach (var item in items)
        {
            bytes += more == others ? separator.Length + Encoding.UTF8.GetByteCount(item) : 0;
            if (bytes > MaxListBytes)
            {
                more++;
                continue;
            }

            output.WritePart($"{separator}{item}");
            separator = ", ";
        }

        if (more > 0)
        {
            output.WritePart($" ... and {more} more");
        }

        output.WriteLine(default(ReadOnlySpan<byte>));
    }

    private static string InBrackets(string reason) => reason.Length == 0 ? "" : $" ({reason})";
}
