using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Parley.Protocol.Addressed;

namespace Parley.Protocol.Tests.Addressed;

public sealed class AddressedServerLineParserTests
{
    [Theory]
    [InlineData("from alice: hi: there", AddressedServerLineKind.From, "alice", "hi: there")]
    [InlineData("from alice: ", AddressedServerLineKind.From, "alice", "")]
    [InlineData("to alice: hi: there", AddressedServerLineKind.To, "alice", "hi: there")]
    [InlineData("to alice", AddressedServerLineKind.Unknown, "", "to alice")]
    [InlineData("to a b: hi", AddressedServerLineKind.Unknown, "", "to a b: hi")]
    [InlineData("error: bob is not here", AddressedServerLineKind.Error, "", "bob is not here")]
    [InlineData("from alice", AddressedServerLineKind.Unknown, "", "from alice")]
    [InlineData("from : hi", AddressedServerLineKind.Unknown, "", "from : hi")]
    [InlineData("from a b: hi", AddressedServerLineKind.Unknown, "", "from a b: hi")]
    [InlineData("Welcome!", AddressedServerLineKind.Unknown, "", "Welcome!")]
    [InlineData("", AddressedServerLineKind.Unknown, "", "")]
    public void A_line_is_a_message_or_an_error(string line, AddressedServerLineKind kind, string name, string text) =>
        Assert.Equal(new AddressedServerLine(kind, name, text), AddressedServerLineParser.Parse(line));

    [Fact]
    public void What_the_server_writes_the_client_understands() =>
        Prop.ForAll(Arb.From(TextGen.Name), Arb.From(TextGen.Clean), (name, text) =>
        {
            var message = Bytes.Written(o => AddressedWriter.From(o, name, Encoding.UTF8.GetBytes(text)))[..^1];
            var echo = Bytes.Written(o => AddressedWriter.To(o, name, Encoding.UTF8.GetBytes(text)))[..^1];
            var notice = Bytes.Written(o => AddressedWriter.Notice(o, text))[..^1];
            return AddressedServerLineParser.Parse(message) == new AddressedServerLine(AddressedServerLineKind.From, name, text)
                && AddressedServerLineParser.Parse(echo) == new AddressedServerLine(AddressedServerLineKind.To, name, text)
                && AddressedServerLineParser.Parse(notice) == new AddressedServerLine(AddressedServerLineKind.Error, "", text);
        }).QuickCheckThrowOnFailure();
}
