using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Parley.Protocol.Lines;

namespace Parley.Protocol.Tests.Lines;

/// <summary>The wire text of docs/protocols/lines.md, letter by letter: clients and bots depend on it.</summary>
public sealed class LinesWriterTests
{
    private static byte[] Hello { get; } = "hello"u8.ToArray();

    public static TheoryData<string, Action<IBufferWriter<byte>>> Wordings => new()
    {
        { "Server commands\n", LinesWriter.HelpHeader },
        { "  /help - print this message\n", o => LinesWriter.HelpEntry(o, "/help", "print this message") },
        { "  /name {name} - change name\n", o => LinesWriter.HelpEntry(o, "/name {name}", "change name") },
        { "You are AwesomeVulture\n", o => LinesWriter.YouAre(o, "AwesomeVulture") },
        { "You joined main\n", o => LinesWriter.YouJoined(o, "main") },
        { "You are in main\n", o => LinesWriter.YouAreIn(o, "main") },
        { "Bob: hello\n", o => LinesWriter.Message(o, "Bob", Hello) },
        { "* Bob hello\n", o => LinesWriter.Action(o, "Bob", Hello) },
        { "Bob joined\n", o => LinesWriter.Joined(o, "Bob") },
        { "Bob left\n", o => LinesWriter.Left(o, "Bob") },
        { "Bob left, kicked by Ana (enough)\n", o => LinesWriter.Kicked(o, "Bob", "Ana", "enough") },
        { "Bob left, kicked by Ana\n", o => LinesWriter.Kicked(o, "Bob", "Ana", "") },
        { "Ana made Bob an operator\n", o => LinesWriter.Did(o, "Ana", "made Bob an operator") },
        { "Ana renamed the room (typo)\n", o => LinesWriter.RoomRenamed(o, "Ana", "typo") },
        { "Ana renamed the room\n", o => LinesWriter.RoomRenamed(o, "Ana", "") },
        { "Ana changed the topic: tea\n", o => LinesWriter.TopicChanged(o, "Ana", "tea") },
        { "Ana cleared the topic\n", o => LinesWriter.TopicChanged(o, "Ana", "") },
        { "Topic - tea\n", o => LinesWriter.Topic(o, "tea") },
        { "Topic - none\n", LinesWriter.NoTopic },
        { "Only operators change the topic of main\n", o => LinesWriter.TopicIsForOperators(o, "main") },
        { "Ana asks you into rust, /join rust\n", o => LinesWriter.Invited(o, "Ana", "rust") },
        { "You are in no room, /join one\n", LinesWriter.InNoRoom },
        { "You may not speak in main\n", o => LinesWriter.MayNotSpeak(o, "main") },
        { "You are banned from main\n", o => LinesWriter.Banned(o, "main") },
        { "rust is by invitation only\n", o => LinesWriter.InviteOnly(o, "rust") },
        { "rust needs a key, /join rust {key}\n", o => LinesWriter.NeedsKey(o, "rust") },
        { "rust is full\n", o => LinesWriter.RoomFull(o, "rust") },
        { "Bob is now Rob\n", o => LinesWriter.Renamed(o, "Bob", "Rob") },
        { "Name must be 2 - 20 alphanumeric chars\n", LinesWriter.BadName },
        { "Bob is already taken\n", o => LinesWriter.NameTaken(o, "Bob") },
        { "Room must be 2 - 20 alphanumeric chars\n", LinesWriter.BadRoom },
        { "Rooms - main (3), rust (2)\n", o => LinesWriter.Rooms(o, [("main", 3), ("rust", 2)]) },
        { "Rooms - main (1)\n", o => LinesWriter.Rooms(o, [("main", 1)]) },
        { "Rooms - \n", o => LinesWriter.Rooms(o, []) },
        { "Users - A, B, C\n", o => LinesWriter.Users(o, ["A", "B", "C"]) },
        { "Unrecognized command /other, try /help\n", o => LinesWriter.Unrecognized(o, "other"u8) },
        { "Messages can only be 400 bytes long\n", o => LinesWriter.LineTooLong(o, 400) },
        { "Messages must be UTF-8\n", LinesWriter.NotUtf8 },
        { "Server is very busy and dropped 12 messages, sorry!\n", o => LinesWriter.Dropped(o, 12) },
        { "to Bob: hello\n", o => LinesWriter.DirectTo(o, "Bob", Hello) },
        { "from Bob: hello\n", o => LinesWriter.DirectFrom(o, "Bob", Hello) },
        { "Bob is not here\n", o => LinesWriter.NotHere(o, "Bob") },
        { "Bob is not here\n", o => LinesWriter.NotHere(o, "Bob"u8) },
        { "Usage: /msg {name} {text}\n", o => LinesWriter.Usage(o, "/msg {name} {text}") },
        { "Times are on\n", o => LinesWriter.Notice(o, "Times are on") },
    };

    [Theory, MemberData(nameof(Wordings), DisableDiscoveryEnumeration = true)]
    public void Each_line_is_worded_as_the_protocol_says(string expected, Action<IBufferWriter<byte>> write) =>
        Assert.Equal(expected, Bytes.Written(write));

    [Theory]
    [InlineData(10, 32, "[10:32] ")]
    [InlineData(0, 0, "[00:00] ")]
    [InlineData(23, 9, "[23:09] ")]
    public void The_time_precedes_a_line_as_hours_and_minutes(int hour, int minute, string expected) =>
        Assert.Equal(expected, Bytes.Written(o => LinesWriter.Time(o, new DateTimeOffset(2025, 1, 2, hour, minute, 59, TimeSpan.FromHours(5)))));

    [Fact]
    public void A_message_cannot_drive_the_terminal_of_its_reader() =>
        Assert.Equal("Bob: [2J2Jgone\n", Bytes.Written(o => LinesWriter.Message(o, "Bob", "\u001b[2J\u009b2Jgone"u8)));

    [Fact]
    public void Whatever_users_write_one_call_writes_one_line_without_controls() =>
        Prop.ForAll(Arb.From(TextGen.Any), text =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Action<IBufferWriter<byte>>[] writes =
            [
                o => LinesWriter.Message(o, text, bytes),
                o => LinesWriter.Action(o, text, bytes),
                o => LinesWriter.DirectTo(o, text, bytes),
                o => LinesWriter.DirectFrom(o, text, bytes),
                o => LinesWriter.NotHere(o, bytes),
                o => LinesWriter.NotHere(o, text),
                o => LinesWriter.Unrecognized(o, bytes),
                o => LinesWriter.Notice(o, text),
                o => LinesWriter.Rooms(o, [(text, 1), (text, 2)]),
                o => LinesWriter.Users(o, [text, text]),
            ];
            return writes.Select(Bytes.Written).All(line => line.EndsWith('\n') && !line[..^1].Any(c => c != '\t' && char.IsControl(c)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Writing_lines_does_not_allocate()
    {
        var output = new ReusedBuffer();
        var time = new DateTimeOffset(2025, 1, 2, 10, 32, 0, TimeSpan.Zero);
        Allocation.AssertNone(() =>
        {
            LinesWriter.Time(output, time);
            LinesWriter.Message(output, "Bob", "caf\u00e9 \u00a9"u8);
            LinesWriter.Action(output, "Bob", "waves"u8);
            LinesWriter.Joined(output, "Bob");
            LinesWriter.Renamed(output, "Bob", "Rob");
            LinesWriter.Dropped(output, 12);
            LinesWriter.NotHere(output, "Bob"u8);
        });
    }
}
