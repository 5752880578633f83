using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Users;

/// <summary>https://modern.ircdocs.horse/#oper-message</summary>
public sealed class OperTests : OperatorTest
{
    private const string Oper = "https://modern.ircdocs.horse/#oper-message";
    private const string ChgHost = "https://ircv3.net/specs/extensions/chghost";

    [Fact]
    [Quote(Oper, "The user will also receive a")]
    public async Task The_right_password_makes_an_operator()
    {
        var (ann, bob) = (await Server.RegisterAsync("Ann"), await Server.RegisterAsync("Bob"));

        Assert.Equal(
            [":parley 381 Ann :You are now an operator of this server", ":Ann!~ann@localhost MODE Ann :+o"],
            (await ann.AskAsync($"OPER root :{Password}")).Bodies());

        Assert.Equal([":parley 221 Ann +o"], (await ann.AskAsync("MODE Ann")).Bodies());
        Assert.Equal([":parley 313 Bob Ann :is an operator of this server"], (await bob.AskAsync("WHOIS Ann")).Of("313").Bodies());
        Assert.Equal("H*", (await bob.AskAsync("WHO * o")).Of("352")[0].Parameters[6]);
        Assert.Equal([":parley 302 Bob :Ann*=+~ann@localhost"], (await bob.AskAsync("USERHOST Ann")).Bodies());
    }

    [Theory]
    [InlineData("root wrong")]
    [InlineData("ROOT :correct horse")]
    [InlineData("nobody :correct horse")]
    [InlineData("root :")]
    [Quote(Oper, "If the client does not send the correct password for the given name, the server replies with an `ERR_PASSWDMISMATCH` message and the request is not successful.")]
    public async Task Anything_else_does_not_and_does_not_say_what_was_wrong(string given)
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([":parley 464 Ann :There is no such operator, or the password is another"], (await ann.AskAsync($"OPER {given}")).Bodies());
        Assert.Equal([":parley 221 Ann +"], (await ann.AskAsync("MODE Ann")).Bodies());
        Assert.Contains(Server.Log.Entries, entry => entry.Id == 231);
    }

    [Fact]
    [Quote(Oper, "Both parameters are required for the command to be successful.")]
    public async Task Both_parameters_are_needed()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([":parley 461 Ann OPER :Not enough parameters"], (await ann.AskAsync("OPER root")).Bodies());
    }

    [Fact]
    public async Task The_third_wrong_password_ends_the_connection()
    {
        var ann = await Server.RegisterAsync("Ann");
        await ann.SendAllAsync("OPER root a", "OPER root b", "OPER root c");

        var lines = await ann.ReadToEndAsync();

        Assert.Equal(["464", "464", "464", "ERROR"], lines.Commands());
        Assert.Equal("Too many wrong passwords (3) for OPER", lines[^1].Text);
    }

    [Fact]
    public async Task An_operator_can_stop_being_one()
    {
        var (ann, bob) = (await RaiseAsync(await Server.RegisterAsync("Ann")), await Server.RegisterAsync("Bob"));

        Assert.Equal([":Ann!~ann@localhost MODE Ann :-o"], (await ann.AskAsync("MODE Ann -o")).Bodies());

        Assert.Empty((await bob.AskAsync("WHOIS Ann")).Of("313"));
        Assert.Equal(["481"], (await ann.AskAsync("KILL Bob :x")).Commands());
    }

    [Fact]
    [Quote(ChgHost, "When a client username or host is changed, servers MUST send the `CHGHOST` message to other clients who share channels with the target client and who have enabled the `chghost` capability.")]
    [Quote(ChgHost, "Servers SHOULD also send the `CHGHOST` message to the client whose own username or host changed, if that client also supports the `chghost` capability.")]
    public async Task An_operator_with_a_host_of_its_own_is_seen_with_it()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", "chghost"), ("Bob", "chghost"), ("Cid", ""));

        var own = await all[0].AskAsync($"OPER staff :{Password}");

        Assert.Contains(":Ann!~ann@localhost CHGHOST ~ann staff.example.org", own.Bodies());
        Assert.Contains(":parley 396 Ann staff.example.org :is now your displayed host", own.Bodies());
        Assert.Contains(":Ann!~ann@staff.example.org MODE Ann :+o", own.Bodies());
        await all[1].ExpectLineAsync(":Ann!~ann@localhost CHGHOST ~ann staff.example.org");
        await all[2].ExpectNothingAsync();
        await all[0].AskAsync("PRIVMSG #room :hi");
        await all[2].ExpectLineAsync(":Ann!~ann@staff.example.org PRIVMSG #room :hi");
    }

    [Fact]
    [Quote(ChgHost, "This MUST be considered part of the username and included in any CHGHOST messages where relevant.")]
    public async Task Its_own_host_goes_when_it_is_an_operator_no_more()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", "chghost"), ("Bob", "chghost"));
        await RaiseAsync(all[0], "staff");
        await all[1].SyncAsync();

        await all[0].AskAsync("MODE Ann -o");

        await all[1].ExpectLineAsync(":Ann!~ann@staff.example.org CHGHOST ~ann localhost");
    }

    [Fact]
    public async Task An_operator_sees_where_others_are()
    {
        var (ann, _) = (await RaiseAsync(await Server.RegisterAsync("Ann")), await Server.RegisterAsync("Bob"));

        Assert.Equal([":parley 378 Ann Bob :is connecting from *@127.0.0.1 127.0.0.1"], (await ann.AskAsync("WHOIS Bob")).Of("378").Bodies());
        Assert.Equal([":parley 354 Ann 127.0.0.1 Bob"], (await ann.AskAsync("WHO Bob %in")).Of("354").Bodies());
    }

    [Fact]
    public async Task Operators_are_counted()
    {
        var ann = await RaiseAsync(await Server.RegisterAsync("Ann"));

        Assert.Equal(":parley 252 Ann 1 :operator(s) online", (await ann.AskAsync("LUSERS")).Of("252")[0].Body);
    }

    [Fact]
    public async Task An_answer_carries_its_label()
    {
        var ann = await Server.RegisterAsync("Ann", "labeled-response batch");

        Assert.Equal("@label=o :parley 464 Ann :There is no such operator, or the password is another", Assert.Single(await ann.AskAsync("@label=o OPER root x")).Raw);
    }

    [Fact]
    public async Task All_that_a_client_is_told_of_having_become_an_operator_is_one_labeled_batch()
    {
        var ann = await Server.RegisterAsync("Ann", "labeled-response batch chghost");

        foreach (var (command, told) in new[] { ($"OPER staff :{Password}", new[] { "CHGHOST", "381", "MODE", "396" }), ("MODE Ann -o", ["CHGHOST", "MODE", "396"]) })
        {
            var lines = await ann.AskAsync($"@label=x {command}");

            Assert.Equal(["BATCH", .. told, "BATCH"], lines.Commands());
            Assert.Equal("x", lines[0].Tags["label"]);
            Assert.All(lines[1..^1], line => Assert.Equal(lines[0].Parameters[0], "+" + line.Tags["batch"]));
        }
    }
}
