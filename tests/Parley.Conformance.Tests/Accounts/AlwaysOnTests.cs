using System.Globalization;
using Parley.Conformance.Tests.Support;
using Parley.Core.History;
using Parley.Server.Options;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>People who stay in their rooms without a connection, because they want it or the server does.</summary>
public sealed class AlwaysOnTests : AccountTest
{
    private const string Ann1 = ":Ann!~ann@localhost";

    [Fact]
    public async Task Whoever_wants_it_stays_and_is_away_until_it_is_back()
    {
        var bob = await Server.JoinAsync("Bob", "#room", "away-notify");
        var ann = await DeviceAsync();
        await ann.AskAsync("JOIN #room");
        await bob.SyncAsync();

        Assert.Equal([":NickServ!NickServ@parley NOTICE Ann :You stay in your rooms when you are not connected"], (await ann.AskAsync("NICKSERV SET ALWAYS-ON on")).Bodies());
        await QuitAsync(ann);

        await bob.ExpectLineAsync($"{Ann1} AWAY :Not connected");
        Assert.Equal([":parley 353 Bob = #room :@Bob Ann"], (await bob.AskAsync("NAMES #room")).Of("353").Select(line => line.Body));
        Assert.Contains(":parley 301 Bob Ann :Not connected", (await bob.AskAsync("WHOIS Ann")).Bodies());

        var back = await DeviceAsync();
        Assert.Equal([$"{Ann1} JOIN #room"], (await back.SyncAsync()).Of("JOIN").Select(line => line.Body));
        await bob.ExpectLineAsync($"{Ann1} AWAY");
        await bob.ExpectNothingAsync();
    }

    [Fact]
    public async Task What_is_said_to_it_meanwhile_is_kept_and_shown_once_with_its_time()
    {
        var bob = await Server.JoinAsync("Bob");
        var ann = await DeviceAsync();
        await ann.AskAsync("NICKSERV SET ALWAYS-ON on");
        await QuitAsync(ann);
        var said = Server.Time.GetUtcNow();

        Assert.Equal(["301"], (await bob.AskAsync("PRIVMSG Ann :are you there?")).Commands());
        Server.Time.Advance(TimeSpan.FromMinutes(1));

        var back = await DeviceAsync(capabilities: "server-time");
        var told = Assert.Single((await back.SyncAsync()).Of("PRIVMSG"));
        Assert.Equal(":Bob!~bob@localhost PRIVMSG Ann :are you there?", told.Body);
        Assert.Equal(said.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), told.Tags["time"][..16]);
        await bob.AskAsync("PRIVMSG Ann :good");
        Assert.Equal(["good"], (await back.SyncAsync()).Of("PRIVMSG").Select(line => line.Text));
        Assert.Empty((await (await DeviceAsync()).SyncAsync()).Of("PRIVMSG"));
    }

    [Fact]
    public async Task Whoever_wants_it_no_more_leaves_with_its_last_connection()
    {
        var bob = await Server.JoinAsync("Bob");
        var ann = await DeviceAsync();
        await ann.AskAsync("JOIN #room");
        await ann.AskAsync("NICKSERV SET ALWAYS-ON on");
        await bob.SyncAsync();

        Assert.Equal([":NickServ!NickServ@parley NOTICE Ann :You leave your rooms with your last connection"], (await ann.AskAsync("NICKSERV SET always-on OFF")).Bodies());
        await QuitAsync(ann);

        await bob.ExpectLineAsync($"{Ann1} QUIT :Quit: bye");
    }

    [Fact]
    public async Task It_comes_back_by_itself_when_the_server_does_in_the_rooms_where_it_was()
    {
        var history = new MemoryHistoryStore();
        await using (var before = await IrcServer.StartAsync(history: history, accounts: Store))
        {
            var ann = await DeviceAsync(server: before);
            await ann.AskAsync("NICKSERV SET ALWAYS-ON on");
            await ann.AskAsync("JOIN #room");
            await ann.AskAsync("JOIN #left");
            await ann.AskAsync("JOIN #vault");
            await ann.AskAsync("MODE #vault +k sesame");
            await ann.AskAsync("PART #left");
            await KeptAsync("room\toperator");
        }

        await using var after = await IrcServer.StartAsync(history: history, accounts: Store);
        var bob = await after.RegisterAsync("Bob");
        while (!(await bob.AskAsync("WHOIS Ann")).Bodies().Any(body => body.Contains("#room", StringComparison.Ordinal)))
        {
            await Task.Yield();
        }

        var whois = await bob.AskAsync("WHOIS Ann");
        Assert.Contains(":parley 301 Bob Ann :Not connected", whois.Bodies());
        Assert.Equal(["@#room"], whois.Of("319").Select(line => string.Join(' ', line.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order())));
        var back = await DeviceAsync(server: after);
        // A room that is not registered would come back without its key.
        Assert.Equal(["#room"], (await back.SyncAsync()).Of("JOIN").Select(line => line.Parameters[0]).Order());
    }

    [Fact]
    public async Task Whoever_is_kicked_meanwhile_is_out()
    {
        var bob = await Server.JoinAsync("Bob");
        var ann = await DeviceAsync();
        await ann.AskAsync("JOIN #room");
        await ann.AskAsync("NICKSERV SET ALWAYS-ON on");
        await QuitAsync(ann);
        await bob.SyncAsync();

        await bob.AskAsync("KICK #room Ann :enough");

        Assert.Empty((await (await DeviceAsync()).SyncAsync()).Of("JOIN"));
    }

    [Fact]
    public async Task The_server_may_want_it_for_all_but_those_who_do_not()
    {
        await using var server = await IrcServer.StartAsync(options => options.AlwaysOn = AlwaysOnPolicy.All, accounts: Store);
        var bob = await server.JoinAsync("Bob", "#room", "away-notify");
        var ann = await DeviceAsync(server: server);
        await ann.AskAsync("JOIN #room");
        await bob.SyncAsync();
        await QuitAsync(ann);
        await bob.ExpectLineAsync($"{Ann1} AWAY :Not connected");

        ann = await DeviceAsync(server: server);
        await ann.AskAsync("NICKSERV SET ALWAYS-ON off");
        await QuitAsync(ann);
        Assert.Equal($"{Ann1} QUIT :Quit: bye", (await bob.ReadUntilAsync("QUIT"))[^1].Body);
    }

    [Fact]
    public async Task The_server_may_want_it_for_nobody()
    {
        await using var server = await IrcServer.StartAsync(options => options.AlwaysOn = AlwaysOnPolicy.Off, accounts: Store);
        var bob = await server.JoinAsync("Bob");
        var ann = await DeviceAsync(server: server);
        await ann.AskAsync("JOIN #room");
        await bob.SyncAsync();

        Assert.Equal([":NickServ!NickServ@parley NOTICE Ann :Nobody stays on this server without a connection"], (await ann.AskAsync("NICKSERV SET ALWAYS-ON on")).Bodies());
        await QuitAsync(ann);
        await bob.ExpectLineAsync($"{Ann1} QUIT :Quit: bye");
    }

    [Fact]
    public async Task On_lines_it_is_wanted_by_the_account_command()
    {
        var bob = await Server.JoinAsync("Bob", "#main", "away-notify");
        var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLinesAsync("/account always-on on", "/login Ann", Password, "/account always-on on", "/quit");

        Assert.Contains("Log in first with /login {name}", await lena.ReadUntilAsync("You stay in your rooms when you are not connected"));
        await lena.ExpectClosedAsync();

        Assert.EndsWith(" AWAY :Not connected", (await bob.ReadUntilAsync("AWAY"))[^1].Body, StringComparison.Ordinal);
        Assert.Contains("Ann", (await bob.AskAsync("NAMES #main")).Of("353")[0].Text, StringComparison.Ordinal);
    }

    private static async Task QuitAsync(IrcClient client)
    {
        await client.SendAsync("QUIT :bye");
        await client.ReadToEndAsync();
    }

    /// <summary>Waits until it is kept that Ann is in these rooms and in no others.</summary>
    private async Task KeptAsync(params string[] rooms)
    {
        var token = TestContext.Current.CancellationToken;
        var account = (await Store.FindAsync(Ann, token))!.Account.Id;
        while (!((await Store.GetValueAsync(account, "always-on", "place", token))?.Split('\n')[2..].Order().SequenceEqual(rooms.Order()) ?? false))
        {
            await Task.Yield();
        }
    }

    private async Task<IrcClient> DeviceAsync(string capabilities = "", IrcServer? server = null)
    {
        var client = await (server ?? Server).ConnectAsync();
        await client.SendAllAsync(
            "CAP LS 302", $"CAP REQ :sasl {capabilities}".TrimEnd(), "NICK Ann", "USER ann 0 * :Ann", "AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}", "CAP END");
        client.Nick = (await client.ReadUntilAsync("001"))[^1].Parameters[0];
        await client.ReadUntilAsync("422");
        return client;
    }
}
