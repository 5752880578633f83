using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Connection;

/// <summary>https://modern.ircdocs.horse/#connection-registration</summary>
public sealed class RegistrationTests : ConformanceTest
{
    private const string Registration = "https://modern.ircdocs.horse/#connection-registration";
    private const string User = "https://modern.ircdocs.horse/#user-message";

    public static TheoryData<string> Orders =>
    [
        "NICK Ann|USER ann 0 * :Ann",
        "USER ann 0 * :Ann|NICK Ann",
        "CAP LS 302|NICK Ann|USER ann 0 * :Ann|CAP END",
        "CAP LS 302|USER ann 0 * :Ann|NICK Ann|CAP END",
        "NICK Ann|CAP LS 302|USER ann 0 * :Ann|CAP END",
        "USER ann 0 * :Ann|CAP LS 302|NICK Ann|CAP END",
        "CAP LS 302|NICK Ann|CAP END|USER ann 0 * :Ann",
        "CAP LS 302|USER ann 0 * :Ann|CAP END|NICK Ann",
        "CAP LS 302|CAP END|NICK Ann|USER ann 0 * :Ann",
        "CAP REQ :echo-message|NICK Ann|USER ann 0 * :Ann|CAP END",
        "CAP END|NICK Ann|USER ann 0 * :Ann",
        "PASS any|NICK Ann|USER ann 0 * :Ann",
        "PING x|NICK Ann|USER ann 0 * :Ann",
        "nick Ann|uSeR ann 0 * :Ann",
    ];

    [Fact]
    [Quote(Registration, "Upon successful completion of the registration process, the server MUST send, in this order")]
    public async Task Whoever_has_registered_is_greeted_in_order()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("NICK Ann", "USER ann 0 * :Ann Example");

        var greeting = await client.SyncAsync();

        Assert.Equal(
            ["001", "002", "003", "004", "005", "251", "252", "253", "254", "255", "265", "266", "422"],
            greeting.Select(line => line.Command).Distinct());
        Assert.All(greeting, line => Assert.Equal("Ann", line.Parameters[0]));
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Registration_may_come_in_any_order_and_ends_with_its_last_part(string lines)
    {
        var client = await Server.ConnectAsync();
        var parts = lines.Split('|');
        await client.SendAllAsync(parts[..^1]);
        Assert.DoesNotContain("001", (await client.SyncAsync()).Commands());

        Assert.Equal("001", (await client.AskAsync(parts[^1])).Commands().First(command => command != "CAP"));
    }

    [Fact]
    [Quote(Registration, "Until registration is complete, only a limited subset of commands SHOULD be accepted by the server.")]
    public async Task Other_commands_are_refused_before_registration()
    {
        var client = await Server.ConnectAsync();

        foreach (var command in new[] { "JOIN #room", "PRIVMSG Bob :hi", "WHO *", "MODE Ann", "AWAY", "OPER a b", "LUSERS" })
        {
            Assert.Equal([":parley 451 * :You have not registered"], (await client.AskAsync(command)).Bodies());
        }
    }

    [Fact]
    [Quote(User, "If a client tries to send the `USER` command after they have already completed registration with the server, the `ERR_ALREADYREGISTERED` reply should be sent and the attempt should fail.")]
    [Quote("https://modern.ircdocs.horse/#pass-message", "It is possible to send multiple `PASS` commands before registering but only the last one sent is used for verification and it may not be changed once the client has been registered.")]
    public async Task Nobody_registers_twice()
    {
        var client = await Server.RegisterAsync("Ann");

        Assert.Equal([":parley 462 Ann :You may not reregister"], (await client.AskAsync("USER eve 0 * :Eve")).Bodies());
        Assert.Equal([":parley 462 Ann :You may not reregister"], (await client.AskAsync("PASS secret")).Bodies());
    }

    [Theory]
    [InlineData("USER")]
    [InlineData("USER ann")]
    [InlineData("USER ann 0 *")]
    [InlineData("USER :")]
    [InlineData("USER  0 * :")]
    [Quote("https://modern.ircdocs.horse/#client-messages", "If a command is sent from a client to a server with less parameters than the command requires to be processed, the server will reply with an")]
    public async Task A_user_needs_all_of_its_parameters(string line)
    {
        var client = await Server.ConnectAsync();

        Assert.Equal([":parley 461 * USER :Not enough parameters"], (await client.AskAsync(line)).Bodies());
    }

    [Fact]
    [Quote(User, "If it is empty, the server SHOULD reject the command with [`ERR_NEEDMOREPARAMS`](#errneedmoreparams-461) (even if an empty parameter is provided)")]
    public async Task An_empty_real_name_is_refused()
    {
        var client = await Server.ConnectAsync();

        Assert.Equal([":parley 461 * USER :Not enough parameters"], (await client.AskAsync("USER ann 0 * :")).Bodies());
    }

    [Theory]
    [InlineData("é")]
    [InlineData("Юра")]
    [InlineData("@!*")]
    public async Task A_username_without_a_letter_that_a_source_can_hold_has_a_stand_in(string user)
    {
        var client = await Server.ConnectAsync();
        client.Nick = "Ann";
        await client.SendAllAsync("NICK Ann", $"USER {user} 0 * :Ann");
        await client.SyncAsync();

        Assert.Equal(":parley 302 Ann :Ann=+~user@localhost", Assert.Single(await client.AskAsync("USERHOST Ann")).Body);
    }

    [Fact]
    [Quote(User, "If this length is advertised, the username MUST be silently truncated to the given length before being used.")]
    [Quote(User, "the username provided by the client SHOULD be prefixed by a tilde `('~', 0x7E)` to show that this value is user-set.")]
    public async Task A_long_username_is_cut_and_marked_as_the_clients_own()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("NICK Ann", "USER averyverylongname 0 * :Ann");
        await client.SyncAsync();

        var whois = await client.AskAsync("WHOIS Ann");

        Assert.Equal("~averyvery", whois.Of("311")[0].Parameters[2]);
    }

    [Fact]
    public async Task A_real_name_is_cut_between_characters()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("NICK Ann", $"USER ann 0 * :x{string.Concat(Enumerable.Repeat("ü", 100))}");
        await client.SyncAsync();

        var whois = await client.AskAsync("WHOIS Ann");

        Assert.Equal($"x{string.Concat(Enumerable.Repeat("ü", 74))}", whois.Of("311")[0].Text);
    }

    [Fact]
    public async Task Two_talk_in_a_room()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", "server-time message-tags"));

        await all[0].SendAsync("PRIVMSG #room :hello there");
        await all[0].SyncAsync();
        var heard = await all[1].ExpectAsync("PRIVMSG");

        Assert.Equal("hello there", heard.Text);
        Assert.Equal("Ann!~ann@localhost", heard.Source);
        Assert.Equal(["msgid", "time"], heard.Tags.Keys.Order());
    }

    [Fact]
    public async Task Somebody_on_lines_and_somebody_on_IRC_hear_each_other()
    {
        var lena = await Server.EnterLinesAsync("Lena");
        var ann = await Server.JoinAsync("Ann", "#main");
        await lena.ExpectAsync("Ann joined");

        await lena.SendLineAsync("hi");
        await lena.ExpectAsync("Lena: hi");
        Assert.Equal(":Lena!lines@localhost PRIVMSG #main :hi", (await ann.ExpectAsync("PRIVMSG")).Body);
        await ann.SendAsync("PRIVMSG #main :\u0001ACTION waves\u0001");

        await lena.ExpectAsync("* Ann waves");
    }
}
