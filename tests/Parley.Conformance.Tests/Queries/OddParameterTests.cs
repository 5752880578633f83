using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Queries;

/// <summary>What clients give that cannot stand in the middle of a line, and is answered all the same.</summary>
public sealed class OddParameterTests : ConformanceTest
{
    private static readonly string[] Commands =
    [
        "ADMIN", "AUTHENTICATE", "AWAY", "BATCH", "CAP", "CHATHISTORY", "HELP", "HELPOP", "INFO", "INVITE", "ISON", "JOIN", "KICK", "KILL", "LINKS", "LIST",
        "LUSERS", "MARKREAD", "METADATA", "MODE", "MONITOR", "MOTD", "NAMES", "NICK", "NOTICE", "PART", "PASS", "PING", "PONG", "PRIVMSG",
        "REDACT", "REGISTER", "REHASH", "RENAME", "SEARCH", "SETNAME", "STATS", "SUMMON", "TAGMSG", "TIME", "TOPIC", "USER", "USERHOST", "USERS",
        "VERIFY", "VERSION", "WALLOPS", "WHO", "WHOIS", "WHOWAS", "ZNC", "NOSUCHCOMMAND",
    ];

    private static readonly string[] Odd = [":", "::", ":a b", "#", ":# b", "#room :", "#room ::", "#room :a b", ",", "* :", "#room b :", "#room Bob :", "+ :", "x y z :a  b"];

    [Theory]
    [InlineData("NAMES :", ":parley 366 Ann * :End of /NAMES list")]
    [InlineData("JOIN :", ":parley 461 Ann JOIN :Not enough parameters")]
    [InlineData("PART :", ":parley 461 Ann PART :Not enough parameters")]
    [InlineData("MODE :", ":parley 401 Ann * :No such nick/channel")]
    [InlineData("TOPIC :", ":parley 403 Ann * :No such channel")]
    [InlineData("RENAME : #x", ":parley 461 Ann RENAME :Not enough parameters")]
    public async Task An_empty_parameter_is_answered(string line, string answer)
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([answer], (await ann.AskAsync(line)).Bodies());
    }

    [Fact]
    public async Task Whatever_a_client_gives_the_answers_are_well_formed_and_the_connection_stays()
    {
        var ann = await Server.JoinAsync(
            "Ann", "#room", "batch labeled-response message-tags draft/chathistory draft/multiline draft/metadata-2 draft/read-marker draft/message-redaction soju.im/search znc.in/playback");
        foreach (var line in Commands.SelectMany(command => Odd.Select(odd => $"{command} {odd}")).Where(line => !line.StartsWith("JOIN 0", StringComparison.Ordinal)))
        {
            foreach (var answer in await ann.AskAsync(line))
            {
                var trailing = answer.Body.IndexOf(" :", StringComparison.Ordinal);
                var middle = trailing < 0 ? answer.Body : answer.Body[..trailing];
                Assert.False(middle.Contains("  ", StringComparison.Ordinal) || middle is [.., ' '], $"{line} was answered: {answer.Raw}");
            }
        }
    }
}
