using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>https://modern.ircdocs.horse/ctcp</summary>
public sealed class CtcpTests : MessageTest
{
    [Fact]
    [Quote(Ctcp, "Extended formatting CTCPs are sent as a `PRIVMSG`.")]
    public async Task An_action_comes_as_one()
    {
        var (ann, bob) = await MeetAsync();
        await ann.AskAsync("PRIVMSG #room :\u0001ACTION waves\u0001");
        await ann.AskAsync("PRIVMSG Bob :\u0001ACTION winks\u0001");
        await bob.ExpectLineAsync(":Ann!~ann@localhost PRIVMSG #room :\u0001ACTION waves\u0001");
        await bob.ExpectLineAsync(":Ann!~ann@localhost PRIVMSG Bob :\u0001ACTION winks\u0001");
    }

    [Fact]
    [Quote(Ctcp, "The final `<delim>` MUST be sent, but parsers SHOULD accept incoming messages which lack it (particularly for `CTCP ACTION`).")]
    public async Task An_action_that_lacks_its_end_is_given_one()
    {
        var (ann, bob) = await MeetAsync();
        await ann.AskAsync("PRIVMSG #room :\u0001ACTION waves");
        await bob.ExpectLineAsync(":Ann!~ann@localhost PRIVMSG #room :\u0001ACTION waves\u0001");
    }

    [Fact]
    [Quote(Ctcp, "CTCP queries are sent with `PRIVMSG`, and replies are sent with `NOTICE`.")]
    public async Task Queries_and_replies_pass_through_as_they_are()
    {
        var (ann, bob) = await MeetAsync();

        await ann.AskAsync("PRIVMSG Bob :\u0001PING 1473523796 918320\u0001");
        await bob.ExpectLineAsync(":Ann!~ann@localhost PRIVMSG Bob :\u0001PING 1473523796 918320\u0001");
        await bob.AskAsync("NOTICE Ann :\u0001PING 1473523796 918320\u0001");

        await ann.ExpectLineAsync(":Bob!~bob@localhost NOTICE Ann :\u0001PING 1473523796 918320\u0001");
    }

    [Fact]
    public async Task Somebody_on_lines_is_shown_no_query_and_its_sender_no_error()
    {
        var lena = await Server.EnterLinesAsync("Lena");
        var ann = await Server.JoinAsync("Ann", "#main");
        await lena.ExpectAsync("Ann joined");

        Assert.Empty(await ann.AskAsync("PRIVMSG Lena :\u0001VERSION\u0001"));
        Assert.Empty(await ann.AskAsync("NOTICE Lena :\u0001VERSION Parley\u0001"));
        Assert.Empty(await ann.AskAsync("PRIVMSG #main :\u0001VERSION\u0001"));
        await ann.AskAsync("PRIVMSG Lena :hello");

        await lena.ExpectAsync("from Ann: hello");
    }

    [Theory]
    [InlineData("ACTION")]
    [InlineData("action")]
    public async Task An_action_is_one_in_any_case_for_people_on_lines_too(string word)
    {
        var lena = await Server.EnterLinesAsync("Lena");
        var ann = await Server.JoinAsync("Ann", "#main");
        await lena.ExpectAsync("Ann joined");

        await ann.AskAsync($"PRIVMSG #main :\u0001{word} waves\u0001");

        await lena.ExpectAsync("* Ann waves");
    }

    [Fact]
    public async Task A_delimiter_without_a_command_is_text()
    {
        var (ann, bob) = await MeetAsync();
        await ann.AskAsync("PRIVMSG #room :\u0001\u0001");
        await bob.ExpectLineAsync(":Ann!~ann@localhost PRIVMSG #room :\u0001\u0001");
    }
}
