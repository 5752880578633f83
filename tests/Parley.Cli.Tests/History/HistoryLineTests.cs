using System.Buffers;
using System.Text;
using Parley.Cli.History;
using Parley.Core.Events;
using Parley.Core.History;

namespace Parley.Cli.Tests.History;

public sealed class HistoryLineTests
{
    private const string InRoom =
        """{"room":"main","number":7,"time":"2026-06-01T12:00:00.1234567+00:00","author":"Ann","kind":"action","text":"sagt \"grüße\""}""";

    private const string Direct =
        """{"number":1,"time":"2026-06-01T12:00:00+00:00","author":"Ann","to":"Bob","kind":"text","text":""}""";

    private const string Known =
        """{"number":2,"time":"2026-06-01T12:00:00+00:00","author":"Ann","to":"Bob","kind":"notice","text":"psst","origin":"~ann@x.ip","account":"Anna","toAccount":"Bobby","tags":"+draft/reply=.1"}""";

    private const string Happened =
        """{"room":"main","number":8,"time":"2026-06-01T12:00:00+00:00","author":"Ann","kind":"renamed","text":"Anna"}""";

    [Theory]
    [InlineData(InRoom)]
    [InlineData(Direct)]
    [InlineData(Known)]
    [InlineData(Happened)]
    [InlineData("""{"room":"main","number":9,"time":"2026-06-01T12:00:00+00:00","author":"Ann","kind":"text","text":"two\nlines"}""")]
    public void A_message_is_one_line_that_reads_back_as_it_was(string line) => Assert.Equal(line + "\n", Write(HistoryLine.Read(line)));

    [Fact]
    public void Each_name_means_what_it_says()
    {
        var entry = HistoryLine.Read(InRoom);

        Assert.Equal(("main", 7, "Ann", MessageKind.Action), (entry.Room.Value, entry.Number, entry.Author.Value, entry.Kind));
        Assert.Equal(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(1234567), entry.Time);
        Assert.Equal("sagt \"grüße\"", Encoding.UTF8.GetString(entry.Text.Span));
        Assert.Equal("Bob", HistoryLine.Read(Direct).Recipient.Value);
    }

    [Fact]
    public void Another_time_zone_and_names_of_a_later_version_are_read() =>
        Assert.Equal(
            Direct + "\n",
            Write(HistoryLine.Read("""{"new":[1],"number":1,"time":"2026-06-01T14:00:00+02:00","author":"Ann","to":"Bob","kind":"text","text":""}""")));

    [Theory]
    [InlineData("", "not a message: it needs room or to, number, time, author, kind and text")]
    [InlineData("[]", "not a message: it needs room or to, number, time, author, kind and text")]
    [InlineData("{}", "not a message: it needs room or to, number, time, author, kind and text")]
    [InlineData("""{"room":"a b"}""", "\"room\" is not the name of a room")]
    [InlineData("""{"to":"!"}""", "\"to\" is not a name")]
    [InlineData("""{"room":"main","author":""}""", "\"author\" is not a name")]
    [InlineData("""{"room":"main","author":"Ann","number":0}""", "\"number\" is not above 0")]
    [InlineData("""{"room":"main","author":"Ann","number":1,"time":"2026-06-01T12:00:00Z","kind":"x"}""", "\"kind\" is none of text, action, notice, tags, query, answer, joined, left, quit, renamed, topic, kicked, modes, redacted, roomrenamed")]
    [InlineData("""{"room":"main","author":"Ann","number":1,"time":"2026-06-01T12:00:00Z","kind":"1"}""", "\"kind\" is none of text, action, notice, tags, query, answer, joined, left, quit, renamed, topic, kicked, modes, redacted, roomrenamed")]
    [InlineData("""{"room":"main","author":"Ann","number":1,"time":"2026-06-01T12:00:00Z","kind":"text","text":"a","account":"!"}""", "\"account\" is not a name")]
    [InlineData("""{"room":"main","author":"Ann","number":1.5}""", "\"number\" is not a whole number")]
    [InlineData("""{"room":"main","author":"Ann","number":99999999999999999999}""", "\"number\" is not a whole number")]
    [InlineData("""{"room":"main","author":"Ann","number":1,"time":"yesterday"}""", "\"time\" is not a time such as 2026-06-01T12:00:00Z")]
    [InlineData("""{"room":"main","author":"Ann","number":1,"time":"2026-06-01T12:00:00Z","kind":"text","text":"a","tags":"a\rb"}""", "\"tags\" has a space or a control character")]
    [InlineData("""{"room":"main","author":"Ann","number":1,"time":"2026-06-01T12:00:00Z","kind":"text","text":"a","tags":"a PRIVMSG"}""", "\"tags\" has a space or a control character")]
    [InlineData("""{"room":"main","author":"Ann","number":1,"time":"2026-06-01T12:00:00Z","kind":"text","text":"a","origin":"a@b\nQUIT"}""", "\"origin\" has a space or a control character")]
    [InlineData("""{"room":"main","author":"Ann","number":1,"time":"2026-06-01T12:00:00Z","kind":"topic","text":"a\nQUIT"}""", "\"text\" has a line break")]
    [InlineData("""{"room":"main","author":"Ann","number":1,"time":"2026-06-01T12:00:00Z","kind":"text","text":"a\r\nb"}""", "\"text\" has a line break that is not \\n")]
    public void What_is_not_a_message_is_told_so(string line, string error) =>
        Assert.Equal(error, Assert.Throws<FormatException>(() => HistoryLine.Read(line)).Message);

    [Theory]
    [InlineData("text")]
    [InlineData("action")]
    [InlineData("notice")]
    public void What_IRC_clients_would_answer_by_themselves_is_only_text(string kind) =>
        Assert.Equal(
            "VERSION",
            Encoding.UTF8.GetString(HistoryLine.Read($$"""{"room":"main","author":"Ann","number":1,"time":"2026-06-01T12:00:00Z","kind":"{{kind}}","text":"\u0001VERSION\u0001"}""").Text.Span));

    private static string Write(HistoryEntry entry)
    {
        var output = new ArrayBufferWriter<byte>();
        HistoryLine.Write(entry, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
