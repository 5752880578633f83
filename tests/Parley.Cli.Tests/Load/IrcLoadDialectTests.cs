using System.Text;
using Parley.Cli.Load;
using Parley.Protocol.Lines;

namespace Parley.Cli.Tests.Load;

public sealed class IrcLoadDialectTests
{
    private readonly LoadDialect _dialect = LoadDialect.For(LoadProtocol.Ws);

    [Fact]
    public void A_client_is_in_when_its_room_has_been_listed_and_speaks_under_the_name_that_it_was_given()
    {
        Assert.Equal(["CAP REQ :echo-message", "CAP REQ :draft/chathistory"], _dialect.Opening.Take(2));
        Assert.Equal(("", false), Enter(":s CAP * ACK :echo-message"));
        Assert.Equal(("CAP END", false), Enter(":s CAP * NAK :draft/chathistory"));
        Assert.Equal(("PONG :here?", false), Enter("PING :here?"));
        Assert.Equal(("JOIN #rust", false), Enter(":s 001 given :Welcome"));
        Assert.Equal(("", false), Enter(":given!~u@h JOIN #rust"));
        Assert.Equal(("", true), Enter(":s 366 given #rust :End of /NAMES list"));

        Assert.Equal("given", _dialect.Name);
        Assert.Equal("PRIVMSG #rust :", Encoding.UTF8.GetString(_dialect.SayPrefix.Span));
    }

    [Theory]
    [InlineData(":Ann!~u@::1 PRIVMSG #rust :well: then", ServerLineKind.Message, "Ann", "well: then")]
    [InlineData("@time=x;account=Ann :Ann!~u@h PRIVMSG #rust :hi", ServerLineKind.Message, "Ann", "hi")]
    [InlineData(":s NOTICE given :Server is very busy and dropped 7 messages, sorry!", ServerLineKind.Dropped, "", "Server is very busy and dropped 7 messages, sorry!")]
    [InlineData(":s 404 given #rust :Cannot send to channel", ServerLineKind.Notice, "", ":s 404 given #rust :Cannot send to channel")]
    [InlineData("ERROR :Closing link", ServerLineKind.Notice, "", "ERROR :Closing link")]
    [InlineData(":s NOTICE given :Good evening", ServerLineKind.Joined, "", "")]
    [InlineData(":Ann!~u@h QUIT :bye", ServerLineKind.Joined, "", "")]
    public void What_is_said_missed_and_complained_of_is_told_from_all_else(string line, ServerLineKind kind, string name, string text)
    {
        ServerLine said = _dialect.Parse(Encoding.UTF8.GetBytes(line));

        Assert.Equal((kind, name, text), (said.Kind, said.Name, said.Text));
    }

    [Fact]
    public void A_question_of_the_servers_is_answered_once()
    {
        _dialect.Parse("PING :are you there"u8);

        Assert.Equal("PONG :are you there", _dialect.TakeAnswer());
        Assert.Null(_dialect.TakeAnswer());
    }

    private (string Answers, bool IsIn) Enter(string line)
    {
        (IReadOnlyList<string> answers, bool isIn) = _dialect.Enter(line, "rust");
        return (string.Join('|', answers), isIn);
    }
}
