using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Users;

/// <summary>https://ircv3.net/specs/extensions/setname</summary>
public sealed class SetnameTests : ConformanceTest
{
    private const string Setname = "https://ircv3.net/specs/extensions/setname";

    [Fact]
    [Quote(Setname, "If they accept the realname change, they MUST send the server-to-client version of the `SETNAME` message to all clients in common channels, as well as to the client from which it originated, to confirm the change has occurred.")]
    [Quote(Setname, "This message represents that the user identified by nick!user@host has changed their realname to another value.")]
    public async Task A_new_real_name_is_told_to_oneself_and_the_room()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", "setname"), ("Bob", "setname"));

        Assert.Equal([":Ann!~ann@localhost SETNAME :Bruce Wayne <bruce@wayne.enterprises>"], (await all[0].AskAsync("SETNAME :Bruce Wayne <bruce@wayne.enterprises>")).Bodies());

        await all[1].ExpectLineAsync(":Ann!~ann@localhost SETNAME :Bruce Wayne <bruce@wayne.enterprises>");
        Assert.Equal("Bruce Wayne <bruce@wayne.enterprises>", (await all[1].AskAsync("WHOIS Ann")).Of("311")[0].Text);
    }

    [Fact]
    [Quote(Setname, "MUST NOT be sent to clients which do not have the")]
    [Quote(Setname, "If a client sends a `SETNAME` command without having negotiated the capability, the server SHOULD handle it silently (with no response), as historic implementations did.")]
    public async Task Without_the_capability_it_is_done_silently()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", ""), ("Cid", "setname"));

        Assert.Empty(await all[0].AskAsync("SETNAME Batman"));

        await all[1].ExpectNothingAsync();
        await all[2].ExpectLineAsync(":Ann!~ann@localhost SETNAME :Batman");
    }

    [Fact]
    public async Task In_no_room_one_is_told_oneself()
    {
        var ann = await Server.RegisterAsync("Ann", "setname");

        Assert.Equal([":Ann!~ann@localhost SETNAME :Batman"], (await ann.AskAsync("SETNAME Batman")).Bodies());
    }

    [Fact]
    [Quote(Setname, "If the server rejects the realname as a result of a validation failure, it MUST send a `FAIL` message with the `INVALID_REALNAME` code.")]
    [Quote(Setname, "Servers MUST check the realname for validity (taking length limits into consideration).")]
    public async Task A_real_name_that_will_not_do_is_refused_and_changes_nothing()
    {
        var ann = await Server.RegisterAsync("Ann", "setname standard-replies");

        foreach (var name in new[] { ":", ":   ", new string('x', 151), string.Concat(Enumerable.Repeat("ü", 76)) })
        {
            var fail = Assert.Single(await ann.AskAsync($"SETNAME {name}"));
            Assert.Equal(["SETNAME", "INVALID_REALNAME"], fail.Parameters.Take(2));
        }

        Assert.Equal("Real Ann", (await ann.AskAsync("WHOIS Ann")).Of("311")[0].Text);
        Assert.Equal(["SETNAME"], (await ann.AskAsync($"SETNAME {new string('x', 150)}")).Commands());
    }

    [Fact]
    public async Task A_name_has_to_be_given()
    {
        var ann = await Server.RegisterAsync("Ann", "setname");

        Assert.Equal([":parley 461 Ann SETNAME :Not enough parameters"], (await ann.AskAsync("SETNAME")).Bodies());
    }

    [Fact]
    public async Task An_answer_carries_its_label()
    {
        var ann = await Server.RegisterAsync("Ann", "setname labeled-response batch");

        var lines = await ann.AskAsync("@label=s SETNAME Batman");

        Assert.Equal("s", lines[0].Tags["label"]);
        Assert.Contains(":Ann!~ann@localhost SETNAME :Batman", lines.Bodies());
    }
}
