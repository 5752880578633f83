using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Parley.Protocol.Lines;

namespace Parley.Protocol.Tests.Lines;

/// <summary>What the server writes, the client understands, whatever people are called and whatever they write.</summary>
public sealed class LinesRoundTripTests
{
    [Fact]
    public void Lines_with_a_name_and_a_text_come_back() =>
        Check((name, _, text) => LinesBack(
            (o => LinesWriter.Message(o, name, Utf8(text)), new ServerLine(ServerLineKind.Message, name, text)),
            (o => LinesWriter.Action(o, name, Utf8(text)), new ServerLine(ServerLineKind.Action, name, text)),
            (o => LinesWriter.DirectFrom(o, name, Utf8(text)), new ServerLine(ServerLineKind.DirectFrom, name, text)),
            (o => LinesWriter.DirectTo(o, name, Utf8(text)), new ServerLine(ServerLineKind.DirectTo, name, text))));

    [Fact]
    public void Lines_about_someone_come_back() =>
        Check((name, other, _) => LinesBack(
            (o => LinesWriter.YouAre(o, name), new ServerLine(ServerLineKind.YouAre, name, "")),
            (o => LinesWriter.YouJoined(o, name), new ServerLine(ServerLineKind.YouJoined, name, "")),
            (o => LinesWriter.Joined(o, name), new ServerLine(ServerLineKind.Joined, name, "")),
            (o => LinesWriter.Left(o, name), new ServerLine(ServerLineKind.Left, name, "")),
            (o => LinesWriter.Renamed(o, name, other), new ServerLine(ServerLineKind.Renamed, name, other))));

    [Fact]
    public void A_kick_comes_back_as_leaving_whatever_the_reason_says() =>
        Check((name, by, reason) => LinesBack(
            (o => LinesWriter.Kicked(o, name, by, reason), new ServerLine(ServerLineKind.Left, name, reason.Length == 0 ? $"kicked by {by}" : $"kicked by {by} ({reason})"))));

    [Fact]
    public void What_is_done_to_a_room_comes_back_as_notices_whatever_people_write() =>
        Check((name, room, text) =>
        {
            Action<IBufferWriter<byte>>[] lines =
            [
                o => LinesWriter.TopicChanged(o, name, text), o => LinesWriter.Topic(o, text), o => LinesWriter.RoomRenamed(o, name, text),
                o => LinesWriter.Did(o, name, $"banned {text}"), o => LinesWriter.Did(o, name, $"made {room} an operator"),
                o => LinesWriter.Invited(o, name, room), o => LinesWriter.TopicIsForOperators(o, room), o => LinesWriter.MayNotSpeak(o, room),
                o => LinesWriter.Banned(o, room), o => LinesWriter.InviteOnly(o, room), o => LinesWriter.NeedsKey(o, room), o => LinesWriter.RoomFull(o, room),
            ];
            return lines.Select(Bytes.Written).All(line =>
                ServerLineParser.Parse(line[..^1]) == new ServerLine(ServerLineKind.Notice, "", line[..^1]));
        });

    [Fact]
    public void Lists_come_back() =>
        Check((name, other, _) => LinesBack(
            (o => LinesWriter.Rooms(o, [(name, 3), (other, 2)]), new ServerLine(ServerLineKind.Rooms, "", $"{name} (3), {other} (2)")),
            (o => LinesWriter.Users(o, [name, other]), new ServerLine(ServerLineKind.Users, "", $"{name}, {other}"))));

    [Fact]
    public void Other_answers_come_back_as_notices() =>
        Check((name, _, _) =>
        {
            Action<IBufferWriter<byte>>[] answers =
            [
                LinesWriter.HelpHeader, LinesWriter.BadName, LinesWriter.BadRoom, LinesWriter.NotUtf8,
                o => LinesWriter.HelpEntry(o, "/join {room}", "joins room"),
                o => LinesWriter.YouAreIn(o, name), o => LinesWriter.NameTaken(o, name), o => LinesWriter.NotHere(o, name),
                o => LinesWriter.Unrecognized(o, Utf8(name)), o => LinesWriter.LineTooLong(o, 400), o => LinesWriter.Usage(o, "/me {action}"),
            ];
            return answers.Select(Bytes.Written).All(line =>
                ServerLineParser.Parse(line[..^1]) == new ServerLine(ServerLineKind.Notice, "", line[..^1]));
        });

    [Fact]
    public void The_number_of_dropped_messages_comes_back()
    {
        var line = Bytes.Written(o => LinesWriter.Dropped(o, long.MaxValue))[..^1];
        Assert.Equal(new ServerLine(ServerLineKind.Dropped, "", line, Count: long.MaxValue), ServerLineParser.Parse(line));
    }

    private static void Check(Func<string, string, string, bool> holds) =>
        Prop.ForAll(Arb.From(TextGen.Name), Arb.From(TextGen.Name), Arb.From(TextGen.Clean), holds).QuickCheckThrowOnFailure();

    /// <summary>Whether each line comes back as expected, with and without its time.</summary>
    private static bool LinesBack(params (Action<IBufferWriter<byte>> Write, ServerLine Expected)[] lines) =>
        lines.All(line =>
        {
            var plain = Bytes.Written(line.Write)[..^1];
            var timed = Bytes.Written(o =>
            {
                LinesWriter.Time(o, new DateTimeOffset(2025, 1, 2, 23, 59, 0, TimeSpan.Zero));
                line.Write(o);
            })[..^1];
            return ServerLineParser.Parse(plain) == line.Expected
                && ServerLineParser.Parse(timed) == line.Expected with { Time = new TimeOnly(23, 59) };
        });

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
