using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Connection;

/// <summary>https://ircv3.net/specs/extensions/capability-negotiation</summary>
public sealed class CapabilityTests : ConformanceTest
{
    private const string Cap = "https://ircv3.net/specs/extensions/capability-negotiation";

    [Fact]
    [Quote(Cap, "If a client has not indicated support for `CAP LS 302` features, the server MUST NOT send these new features to the client.")]
    public async Task An_old_client_is_shown_names_in_one_line()
    {
        var client = await Server.ConnectAsync();

        var line = Assert.Single(await client.AskAsync("CAP LS"));

        Assert.Equal(["*", "LS"], line.Parameters.Take(2));
        Assert.Equal(3, line.Parameters.Count);
        Assert.DoesNotContain('=', line.Text);
        Assert.Contains("away-notify", line.Text.Split(' '));
    }

    [Fact]
    [Quote(Cap, "all but the last reply MUST have a parameter containing only an asterisk (`*`) preceding the capability list.")]
    public async Task All_lines_but_the_last_one_are_marked_and_none_is_too_long()
    {
        var client = await Server.ConnectAsync();

        var lines = await client.AskAsync("CAP LS 302");

        Assert.All(lines.SkipLast(1), line => Assert.Equal(["*", "LS", "*"], line.Parameters.Take(3)));
        Assert.Equal(3, lines[^1].Parameters.Count);
        Assert.All(lines, line => Assert.InRange(line.Raw.Length, 1, 510));
        var names = lines.SelectMany(line => line.Text.Split(' ')).Select(name => name.Split('=')[0]).ToArray();
        Assert.Equal(names.Distinct(), names);
        Assert.All(
            ["account-notify", "away-notify", "batch", "cap-notify", "chghost", "draft/pre-away", "extended-join", "extended-monitor", "setname"],
            name => Assert.Contains(name, names));
    }

    [Theory]
    [InlineData("303")]
    [InlineData("307")]
    [InlineData("999999999")]
    [InlineData("99999999999")]
    [Quote(Cap, "The CAP version number argument MUST be treated as a number by the server.")]
    [Quote(Cap, "If the client's CAP version is not supported by the server, the server MUST enable the features it does support below the given version.")]
    public async Task A_later_version_is_taken_for_this_one(string version)
    {
        var client = await Server.ConnectAsync();

        Assert.Equal((await client.AskAsync("CAP LS 302")).Bodies(), (await client.AskAsync($"CAP LS {version}")).Bodies());
    }

    [Theory]
    [InlineData("CAP LS")]
    [InlineData("CAP LS 301")]
    [InlineData("CAP LS new")]
    [Quote(Cap, "servers SHOULD return a `CAP LS` reply consistent with the request's version, but keep storing the original (higher) version.")]
    public async Task Asking_in_the_old_way_is_answered_so_and_takes_nothing_away(string old)
    {
        var client = await Server.ConnectAsync();
        await client.AskAsync("CAP LS 302");

        Assert.All(await client.AskAsync(old), line => Assert.DoesNotContain('=', line.Text));

        Assert.Equal(["NAK"], (await client.AskAsync("CAP REQ -cap-notify")).Select(line => line.Parameters[1]));
    }

    [Fact]
    [Quote(Cap, "If a server receives an `LS` subcommand while client registration is in progress, it MUST suspend registration until an `END` subcommand is received from the client.")]
    public async Task Asking_for_the_list_suspends_registration()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("CAP LS 302", "NICK Ann", "USER ann 0 * :Ann");

        Assert.DoesNotContain("001", (await client.SyncAsync()).Commands());
        Assert.Contains("001", (await client.AskAsync("CAP END")).Commands());
    }

    [Fact]
    [Quote(Cap, "If a server receives a REQ subcommand while client registration is in progress, it MUST suspend registration until an END subcommand is received.")]
    public async Task A_request_suspends_registration_even_if_it_is_refused()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("CAP REQ :no-such-thing", "NICK Ann", "USER ann 0 * :Ann");

        Assert.DoesNotContain("001", (await client.SyncAsync()).Commands());
        Assert.Contains("001", (await client.AskAsync("CAP END")).Commands());
    }

    [Fact]
    public async Task Asking_what_is_enabled_does_not_suspend_registration()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("CAP LIST", "NICK Ann", "USER ann 0 * :Ann");

        Assert.Contains("001", (await client.SyncAsync()).Commands());
    }

    [Fact]
    [Quote(Cap, "If no capabilities are enabled, an empty parameter must be sent.")]
    public async Task With_nothing_enabled_the_list_is_empty()
    {
        var client = await Server.ConnectAsync();

        Assert.Equal([":parley CAP * LIST :"], (await client.AskAsync("CAP LIST")).Bodies());
    }

    [Fact]
    [Quote(Cap, "The LIST subcommand is used to list the capabilities enabled on the client's connection.")]
    public async Task What_is_enabled_is_listed_without_values()
    {
        var client = await Server.RegisterAsync("Ann", "multi-prefix server-time setname");

        var line = Assert.Single(await client.AskAsync("CAP LIST"));

        Assert.Equal(["Ann", "LIST", "cap-notify multi-prefix server-time setname"], line.Parameters);
    }

    [Theory]
    [InlineData("setname", "setname")]
    [InlineData(":multi-prefix setname", "multi-prefix setname")]
    [InlineData(":  multi-prefix   setname  ", "multi-prefix setname")]
    [InlineData(":setname setname", "setname setname")]
    [InlineData(":-setname", "-setname")]
    [InlineData(":", "")]
    [Quote(Cap, "If a client requests a capability which is already enabled, or tries to disable a capability which is not enabled, the server MUST continue processing the REQ subcommand as though handling this capability was successful.")]
    public async Task Requests_are_acknowledged(string wanted, string acknowledged)
    {
        var client = await Server.ConnectAsync();

        Assert.Equal([$":parley CAP * ACK :{acknowledged}"], (await client.AskAsync($"CAP REQ {wanted}")).Bodies());
        Assert.Equal([$":parley CAP * ACK :{acknowledged}"], (await client.AskAsync($"CAP REQ {wanted}")).Bodies());
    }

    [Theory]
    [InlineData("no-such-thing")]
    [InlineData("setname no-such-thing")]
    [InlineData("no-such-thing setname")]
    [InlineData("-setname no-such-thing")]
    [InlineData("SetName")]
    [InlineData("--setname")]
    [InlineData("sasl=PLAIN")]
    [InlineData("sts")]
    [Quote(Cap, "The capability identifier set must be accepted as a whole, or rejected entirely.")]
    [Quote(Cap, "Capability names are case-sensitive, and MUST NOT start with a hyphen (`-`).")]
    [Quote(Cap, "The server MUST NOT make any change to any capabilities if it replies with a NAK subcommand.")]
    public async Task A_request_with_something_unknown_is_refused_as_a_whole(string wanted)
    {
        var client = await Server.RegisterAsync("Ann", "setname");

        Assert.Equal([$":parley CAP Ann NAK :{wanted}"], (await client.AskAsync($"CAP REQ :{wanted}")).Bodies());
        Assert.Equal("cap-notify setname", Assert.Single(await client.AskAsync("CAP LIST")).Text);
    }

    [Fact]
    public async Task What_was_enabled_can_be_disabled_again()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", "away-notify setname"), ("Bob", ""));

        Assert.Equal([":parley CAP Ann ACK :-away-notify"], (await all[0].AskAsync("CAP REQ -away-notify")).Bodies());
        await all[1].AskAsync("AWAY :gone");

        await all[0].ExpectNothingAsync();
        Assert.Equal("cap-notify setname", Assert.Single(await all[0].AskAsync("CAP LIST")).Text);
    }

    [Fact]
    [Quote(Cap, "Equally, a server MUST NOT change the capabilities of the client until the last ACK of the set has been sent.")]
    public async Task An_acknowledgement_is_sent_the_way_things_were()
    {
        var client = await Server.ConnectAsync();

        Assert.Empty(Assert.Single(await client.AskAsync("CAP REQ server-time"), line => line.Command == "CAP").Tags);
        Assert.Equal(["time"], Assert.Single(await client.AskAsync("CAP REQ -server-time"), line => line.Command == "CAP").Tags.Keys);
        Assert.Empty(Assert.Single(await client.AskAsync("CAP LIST")).Tags);
    }

    [Fact]
    public async Task A_request_that_fills_a_line_is_answered_in_two()
    {
        var client = await Server.RegisterAsync("TwentyCharactersLong");
        var wanted = string.Join(' ', Enumerable.Repeat("labeled-response", 29));

        var lines = await client.AskAsync($"CAP REQ :{wanted}");

        Assert.All(lines, line => Assert.Equal("ACK", line.Parameters[1]));
        Assert.All(lines, line => Assert.InRange(line.Raw.Length, 1, 510));
        Assert.Equal(wanted, string.Join(' ', lines.Select(line => line.Text)));
    }

    [Theory]
    [InlineData("CAP FOO", "FOO")]
    [InlineData("CAP ACK :setname", "ACK")]
    [InlineData("CAP NEW", "NEW")]
    [InlineData("CAP CLEAR", "CLEAR")]
    [Quote(Cap, "If a client sends a subcommand which is not in the list above or otherwise issues an invalid command, then numeric `410` (`ERR_INVALIDCAPCMD`) should be sent.")]
    public async Task Another_subcommand_is_refused(string line, string subcommand)
    {
        var (fresh, ann) = (await Server.ConnectAsync(), await Server.RegisterAsync("Ann"));

        Assert.Equal([$":parley 410 * {subcommand} :Invalid CAP command"], (await fresh.AskAsync(line)).Bodies());
        Assert.Equal([$":parley 410 Ann {subcommand} :Invalid CAP command"], (await ann.AskAsync(line)).Bodies());
    }

    [Fact]
    public async Task A_subcommand_has_to_be_given()
    {
        var client = await Server.ConnectAsync();

        Assert.Equal([":parley 461 * CAP :Not enough parameters"], (await client.AskAsync("CAP")).Bodies());
    }

    [Fact]
    [Quote(Cap, "The server MUST accept the `CAP` command at any time, including after registration.")]
    [Quote(Cap, "If the client is already registered, this command MUST be ignored by the server.")]
    public async Task After_registration_capabilities_can_be_changed_and_nothing_ends()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.All(await ann.AskAsync("CAP LS 302"), line => Assert.Equal("Ann", line.Parameters[0]));
        Assert.Equal([":parley CAP Ann ACK :setname"], (await ann.AskAsync("CAP REQ setname")).Bodies());
        Assert.Empty(await ann.AskAsync("CAP END"));
        Assert.Single(await ann.AskAsync("VERSION"), line => line.Command == "351");
    }

    [Fact]
    [Quote(Cap, "This capability MUST be implicitly enabled if the client requests `CAP LS` with a version of 302 or newer (`CAP LS 302`), as described in the `CAP LS` section above.")]
    [Quote(Cap, "Further, servers MUST NOT disable the `cap-notify` capability if the client requests `CAP LS` with a version of 302 or newer.")]
    public async Task Version_302_brings_cap_notify_which_stays()
    {
        var client = await Server.ConnectAsync();
        await client.AskAsync("CAP LS 302");

        Assert.Equal("cap-notify", Assert.Single(await client.AskAsync("CAP LIST")).Text);
        Assert.Equal([":parley CAP * ACK :cap-notify"], (await client.AskAsync("CAP REQ cap-notify")).Bodies());
        Assert.Equal([":parley CAP * NAK :-cap-notify"], (await client.AskAsync("CAP REQ -cap-notify")).Bodies());
        Assert.Equal("cap-notify", Assert.Single(await client.AskAsync("CAP LIST")).Text);
    }

    [Fact]
    [Quote(Cap, "Such clients MAY explicitly disable the capability, and servers MUST allow these clients to do so.")]
    public async Task An_old_client_may_take_cap_notify_and_leave_it()
    {
        var client = await Server.ConnectAsync();
        await client.AskAsync("CAP LS");

        Assert.Equal([":parley CAP * ACK :cap-notify"], (await client.AskAsync("CAP REQ cap-notify")).Bodies());
        Assert.Equal([":parley CAP * ACK :-cap-notify"], (await client.AskAsync("CAP REQ -cap-notify")).Bodies());
        Assert.Equal([":parley CAP * LIST :"], (await client.AskAsync("CAP LIST")).Bodies());
    }
}
