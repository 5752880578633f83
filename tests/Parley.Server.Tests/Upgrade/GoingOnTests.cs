using Parley.Core.Accounts;
using Parley.TestKit;

namespace Parley.Server.Tests.Upgrade;

/// <summary>A server goes on where another one has stopped: its clients see nothing of it.</summary>
public sealed class GoingOnTests
{
    [Fact]
    public async Task Lines_that_were_begun_are_ended_and_settings_of_sessions_stay()
    {
        await using var servers = await TwoServers.StartAsync();
        await using var ann = await servers.ConnectAsync("lines", "Ann");
        await using var bob = await servers.ConnectAsync("lines", "Bob");
        await ann.ReadUntilAsync("You joined main");
        await bob.ReadUntilAsync("You joined main");
        await ann.SendLinesAsync("/name Ann", "/tags on");
        await ann.ReadUntilContainsAsync("Ann");
        await bob.ReadUntilContainsAsync("is now Ann");
        await ann.ReadUntilContainsAsync("ags");
        await ann.SendBytesAsync("half a li"u8.ToArray());
        await bob.SendBytesAsync(new byte[] { (byte)'o', 255 });

        await servers.HandOverAsync(async () =>
        {
            await ann.SendBytesAsync("ne\nand another"u8.ToArray());
            await bob.SendBytesAsync(new byte[] { 241, (byte)'k', (byte)'\n' });
        });

        await ann.SendLineAsync(" one");
        await bob.ReadUntilAsync("Ann: half a line");
        await bob.ReadUntilAsync("Ann: and another one");
        Assert.Matches("^#main .*: ok$", await ann.ReadUntilContainsAsync(": ok"));
        Assert.Equal(2, servers.State!.Kept);
    }

    [Fact]
    public async Task Messages_from_person_to_person_go_on()
    {
        await using var servers = await TwoServers.StartAsync();
        await using var ann = await servers.ConnectAsync("addressed", "Ann");
        await using var bob = await servers.ConnectAsync("addressed", "Bob");
        await ann.SendLinesAsync("Ann", "Ann: in");
        await ann.ReadUntilAsync("from Ann: in");
        await bob.SendLinesAsync("Bob", "Bob: in");
        await bob.ReadUntilAsync("from Bob: in");

        await servers.HandOverAsync(() => ann.SendLineAsync("Bob: said to nobody who serves"));

        await bob.ExpectAsync("from Ann: said to nobody who serves");
        await bob.SendLineAsync("Ann: heard");
        await ann.ExpectAsync("from Bob: heard");
    }

    [Fact]
    public async Task IRC_goes_on_with_capabilities_modes_monitored_names_metadata_and_away()
    {
        await using var servers = await TwoServers.StartAsync();
        await using var ann = await servers.JoinIrcAsync("Ann", "message-tags server-time batch labeled-response echo-message away-notify draft/metadata-2");
        await using var bob = await servers.JoinIrcAsync("Bob", "away-notify");
        await ann.SendLinesAsync("MONITOR + Zoe", "METADATA * SUB avatar", "MODE #main +mk sesame", "TOPIC #main :as it was", "AWAY :at lunch", "MODE Ann +i", "PING :done");
        await ann.ReadUntilContainsAsync("PONG parley :done");
        await bob.ReadUntilContainsAsync("AWAY :at lunch");

        await servers.HandOverAsync();

        await ann.SendLineAsync("@label=l1 PRIVMSG #main :labelled");
        Assert.Matches("^@label=l1;time=[^ ]+ :Ann!~Ann@localhost PRIVMSG #main :labelled", await ann.ReadUntilContainsAsync("labelled"));
        Assert.Equal(":Ann!~Ann@localhost PRIVMSG #main :labelled", (await bob.ReadUntilContainsAsync("labelled")).TrimEnd('\r'));
        await bob.SendLineAsync("PRIVMSG #main :may I?");
        await bob.ReadUntilContainsAsync(" 404 Bob #main");
        await bob.SendLinesAsync("WHOIS Ann", "TOPIC #main", "MODE Ann");
        await bob.ReadUntilContainsAsync(" 301 Bob Ann :at lunch");
        await bob.ReadUntilContainsAsync(" 332 Bob #main :as it was");
        await ann.SendLinesAsync("MODE #main", "MODE Ann", "MONITOR L", "METADATA * SUBS", "AWAY");
        Assert.Contains("k", await ann.ReadUntilContainsAsync(" 324 Ann #main"), StringComparison.Ordinal);
        Assert.Contains("i", await ann.ReadUntilContainsAsync(" 221 Ann"), StringComparison.Ordinal);
        await ann.ReadUntilContainsAsync(" 732 Ann :Zoe");
        await ann.ReadUntilContainsAsync("avatar");
        await bob.ReadUntilContainsAsync("Ann!~Ann@localhost AWAY");
        await using var zoe = await servers.ConnectAsync("irc", "Zoe");
        await zoe.SendLinesAsync("NICK Zoe", "USER z 0 * z");
        await ann.ReadUntilContainsAsync(" 730 Ann :Zoe");
    }

    [Fact]
    public async Task An_account_stays_logged_in()
    {
        await using var servers = await TwoServers.StartAsync();
        await using var ann = await servers.ConnectAsync("lines", "Ann");
        await ann.ReadUntilAsync("You joined main");
        await ann.SendLinesAsync("/account make Ann", "a long password");
        await ann.ReadUntilContainsAsync("is now Ann");

        await servers.HandOverAsync();

        await ann.SendLineAsync("/account devices");
        await ann.ReadUntilContainsAsync("Nothing stays logged in");
        await using var phone = await servers.ConnectAsync("lines", "phone");
        await phone.ReadUntilAsync("You joined main");
        await phone.SendLinesAsync("/login Ann", "a long password");
        await phone.ReadUntilContainsAsync("You are Ann");
    }

    [Fact]
    public async Task A_log_in_goes_on_holding_as_long_as_its_proof()
    {
        await using var servers = await TwoServers.StartAsync();
        await using var ann = await servers.ConnectAsync("lines", "Ann");
        await ann.ReadUntilAsync("You joined main");
        await ann.SendLinesAsync("/account make Ann", "a long password");
        await ann.ReadUntilContainsAsync("is now Ann");

        await servers.HandOverAsync();

        var name = Assert.Single(await servers.Accounts.ListAsync(TestContext.Current.CancellationToken)).Name;
        Assert.True(await servers.Accounts.SetPasswordAsync(name, PasswordVerifier.Create("battery staple", PasswordVerifier.MinIterations), TestContext.Current.CancellationToken));
        await ann.SendLineAsync("/account token");
        await ann.ReadUntilContainsAsync("The account has another password: log in with that");
    }

    [Fact]
    public async Task Who_has_said_nothing_yet_is_greeted_by_the_next_server()
    {
        await using var servers = await TwoServers.StartAsync();
        ScriptedClient? late = null;

        // Nobody accepts any more, and nobody is refused.
        await servers.HandOverAsync(async () => late = await servers.ConnectAsync("lines", "late"));

        await late!.ReadUntilAsync("You joined main");
        await late.DisposeAsync();
    }

    [Fact]
    public async Task A_connection_that_cannot_be_kept_is_told_why_and_a_guest_leaves()
    {
        await using var servers = await TwoServers.StartAsync();
        await using var ann = await servers.JoinIrcAsync("Ann");
        await using var half = await servers.ConnectAsync("irc", "half");
        await half.SendLineAsync("NICK Half");
        await half.SendLineAsync("PING :read\r");
        await half.ReadUntilContainsAsync("read");
        await using var guest = await servers.ConnectAsync("lines", "guest");
        await guest.ReadUntilAsync("You joined main");
        await guest.SendLinesAsync("/name Guest", "/login Ann");
        await guest.ReadUntilContainsAsync("Send the password");
        await ann.ReadUntilContainsAsync("NICK Guest");

        await servers.HandOverAsync();

        Assert.Contains(
            "this connection cannot be kept, as nobody has logged in on it: connect again", await half.ReadUntilContainsAsync("ERROR :"), StringComparison.Ordinal);
        await guest.ReadUntilContainsAsync("this connection cannot be kept, as something was half said on it: connect again");
        await guest.ExpectClosedAsync();
        await ann.ReadUntilContainsAsync("Guest!lines@localhost QUIT :Not back after an upgrade of the server");
    }

    [Fact]
    public async Task A_member_whose_connection_cannot_be_kept_stays_for_a_minute_as_away()
    {
        await using var servers = await TwoServers.StartAsync();
        await using var ann = await servers.JoinIrcAsync("Ann", "away-notify");
        await using var tia = await servers.ConnectAsync("lines", "Tia");
        await tia.ReadUntilAsync("You joined main");
        await tia.SendLinesAsync("/account make Tia", "a long password");
        await ann.ReadUntilContainsAsync("NICK Tia");
        await tia.SendLineAsync("/login Tia");
        await tia.ReadUntilContainsAsync("Send the password");

        await servers.HandOverAsync();
        await ann.ReadUntilContainsAsync("Tia!lines@localhost AWAY :Not connected");
        await using var back = await servers.ConnectAsync("lines", "Tia");
        await back.ReadUntilAsync("You joined main");
        await back.SendLinesAsync("/login Tia", "a long password");
        Assert.DoesNotContain("Not connected", await ann.ReadUntilContainsAsync("Tia!lines@localhost AWAY"), StringComparison.Ordinal);
        await back.ReadUntilAsync("You joined main");
        await servers.Time.WhenTimerArmedAsync(TimeSpan.FromSeconds(60)).WithinSafetyAsync();
        servers.Time.Advance(TimeSpan.FromSeconds(60));
        await back.SendLineAsync("still here");
        Assert.Contains("PRIVMSG #main :still here", await ann.ReadUntilContainsAsync("Tia!lines@localhost "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_leaves_by_itself_meanwhile_is_seen_to_leave()
    {
        await using var servers = await TwoServers.StartAsync();
        await using var ann = await servers.JoinIrcAsync("Ann");
        await using var bob = await servers.JoinIrcAsync("Bob");
        await ann.ReadUntilContainsAsync("Bob!~Bob@localhost JOIN");

        await servers.HandOverAsync(async () =>
        {
            await bob.SendLineAsync("QUIT :had enough");
            await bob.CloseAsync();
        });

        await ann.ReadUntilContainsAsync("Bob!~Bob@localhost QUIT :Quit: had enough");
    }

    [Fact]
    public async Task It_goes_on_again_and_again()
    {
        await using var servers = await TwoServers.StartAsync();
        await using var ann = await servers.JoinIrcAsync("Ann");
        await using var bob = await servers.JoinIrcAsync("Bob");
        for (var round = 0; round < 5; round++)
        {
            await servers.HandOverAsync(() => bob.SendLineAsync($"PRIVMSG #main :round {round}"));
            Assert.Contains($"Bob!~Bob@localhost PRIVMSG #main :round {round}", await ann.ReadUntilContainsAsync("PRIVMSG"), StringComparison.Ordinal);
        }
    }
}
