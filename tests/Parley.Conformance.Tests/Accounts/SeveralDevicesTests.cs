using Parley.Conformance.Tests.Support;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>Several connections of one account: one member, one name, the same rooms, as clients' habits from Ergo and bouncers expect it.</summary>
public sealed class SeveralDevicesTests : AccountTest
{
    private const string Ann1 = ":Ann!~ann@localhost";

    [Fact]
    public async Task Another_device_comes_into_the_rooms_of_the_first_and_nobody_else_notices()
    {
        var bob = await Server.JoinAsync("Bob");
        await bob.AskAsync("TOPIC #room :tea");
        var desk = await DeviceAsync();
        await desk.AskAsync("JOIN #room");
        await bob.SyncAsync();

        var phone = await DeviceAsync(capabilities: "extended-join");

        Assert.Equal(
            [$"{Ann1} JOIN #room Ann :Ann", ":parley 332 Ann #room :tea", ":parley 333 Ann #room Bob", ":parley 353 Ann = #room :@Bob Ann", ":parley 366 Ann #room :End of /NAMES list"],
            (await phone.SyncAsync()).Bodies().Select(body => body.StartsWith(":parley 333", StringComparison.Ordinal) ? body[..body.LastIndexOf(' ')] : body));
        await bob.ExpectNothingAsync();
        await desk.ExpectNothingAsync();
        Assert.Equal([":parley 353 Bob = #room :@Bob Ann"], (await bob.AskAsync("NAMES #room")).Of("353").Select(line => line.Body));
        Assert.Empty(await phone.AskAsync("JOIN #room"));
    }

    [Fact]
    public async Task Another_account_on_the_only_connection_of_the_first_has_nothing_of_it()
    {
        await Server.MakeAccountAsync("Eve", "battery-staple");
        var ann = await DeviceAsync(capabilities: "sasl");
        await ann.AskAsync("JOIN #room");
        await ann.AskAsync("MODE #room +i");
        var bob = await Server.RegisterAsync("Bob");
        await ann.AskAsync("INVITE Bob #room");
        await bob.SyncAsync();
        await bob.AskAsync("JOIN #room");

        await ann.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Eve", "battery-staple")}");
        await ann.ReadUntilAsync("903");

        Assert.Equal([$"{Ann1} QUIT :Logged in as Eve"], (await bob.SyncAsync()).Bodies().Where(body => body.Contains("QUIT", StringComparison.Ordinal)));
        ann.Nick = "Eve";
        Assert.Equal("473", Assert.Single(await ann.AskAsync("JOIN #room")).Command);
        Assert.Contains(await bob.AskAsync("WHOIS Eve"), line => line.Command == "330");
        Assert.Contains("401", (await bob.AskAsync("WHOIS Ann")).Commands());
    }

    [Fact]
    public async Task What_one_device_joins_and_leaves_all_do()
    {
        var bob = await Server.JoinAsync("Bob");
        var (desk, phone) = (await DeviceAsync(), await DeviceAsync());

        await desk.AskAsync("JOIN #room");
        Assert.Equal([$"{Ann1} JOIN #room", ":parley 353 Ann = #room :@Bob Ann", ":parley 366 Ann #room :End of /NAMES list"], (await phone.SyncAsync()).Bodies());
        await bob.ExpectLineAsync($"{Ann1} JOIN #room");

        Assert.Equal([$"{Ann1} PART #room :bye"], (await phone.AskAsync("PART #room :bye")).Bodies());
        await desk.ExpectLineAsync($"{Ann1} PART #room :bye");
        await bob.ExpectLineAsync($"{Ann1} PART #room :bye");
        await desk.ExpectNothingAsync();
        await bob.ExpectNothingAsync();
        Assert.Equal(["442"], (await desk.AskAsync("PART #room")).Commands());
    }

    [Fact]
    public async Task What_one_device_says_the_others_show()
    {
        var bob = await Server.JoinAsync("Bob");
        var (desk, phone, old) = (await DeviceAsync(), await DeviceAsync(capabilities: "echo-message"), await DeviceAsync());
        await desk.AskAsync("JOIN #room");
        await phone.SyncAsync();
        await old.SyncAsync();

        Assert.Empty(await desk.AskAsync("PRIVMSG #room :hi"));
        await desk.AskAsync("PRIVMSG Bob :psst");

        await phone.ExpectLineAsync($"{Ann1} PRIVMSG #room :hi");
        await phone.ExpectLineAsync($"{Ann1} PRIVMSG Bob :psst");
        Assert.Equal([$"{Ann1} PRIVMSG #room :hi"], (await old.SyncAsync()).Bodies());
        Assert.Equal([$"{Ann1} JOIN #room", $"{Ann1} PRIVMSG #room :hi", $"{Ann1} PRIVMSG Bob :psst"], (await bob.SyncAsync()).Bodies());
        await bob.AskAsync("PRIVMSG Ann :yes?");
        foreach (var device in new[] { desk, phone, old })
        {
            await device.ExpectLineAsync(":Bob!~bob@localhost PRIVMSG Ann :yes?");
        }
    }

    [Fact]
    public async Task That_one_types_is_told_to_others_alone_and_a_reaction_to_all()
    {
        var bob = await Server.JoinAsync("Bob", "#room", "message-tags");
        var (desk, phone) = (await DeviceAsync(capabilities: "message-tags echo-message"), await DeviceAsync(capabilities: "message-tags"));
        await desk.AskAsync("JOIN #room");
        await phone.SyncAsync();
        await bob.SyncAsync();

        Assert.Equal(["TAGMSG"], (await desk.AskAsync("@+typing=active TAGMSG #room")).Commands());
        await desk.AskAsync("@+typing=active TAGMSG Bob");
        Assert.Equal(["TAGMSG", "TAGMSG"], (await bob.SyncAsync()).Commands());
        await phone.ExpectNothingAsync();

        await desk.AskAsync("@+draft/react=ok;+draft/reply=x TAGMSG #room");
        Assert.Equal(["TAGMSG"], (await phone.SyncAsync()).Commands());
        Assert.Equal(["TAGMSG"], (await bob.SyncAsync()).Commands());
    }

    [Fact]
    public async Task A_nick_that_one_device_takes_all_wear()
    {
        var bob = await Server.JoinAsync("Bob");
        var (desk, phone) = (await DeviceAsync(), await DeviceAsync());
        await desk.AskAsync("JOIN #room");
        await phone.SyncAsync();
        await bob.SyncAsync();

        await desk.AskAsync("NICK Anna");

        await phone.ExpectLineAsync($"{Ann1} NICK Anna");
        await bob.ExpectLineAsync($"{Ann1} NICK Anna");
        var third = await DeviceAsync(nick: "Ann_");
        Assert.Equal("Anna", third.Nick);
        Assert.Equal([":Anna!~ann@localhost JOIN #room"], (await third.SyncAsync()).Of("JOIN").Select(line => line.Body));
    }

    [Fact]
    public async Task Only_the_last_device_quits()
    {
        var bob = await Server.JoinAsync("Bob");
        var (desk, phone) = (await DeviceAsync(), await DeviceAsync());
        await desk.AskAsync("JOIN #room");
        await bob.SyncAsync();

        await desk.SendAsync("QUIT :off");
        await desk.ReadToEndAsync();
        await bob.ExpectNothingAsync();
        await phone.AskAsync("PRIVMSG #room :still here");
        await bob.ExpectLineAsync($"{Ann1} PRIVMSG #room :still here");

        await phone.SendAsync("QUIT :really");
        await phone.ReadToEndAsync();
        await bob.ExpectLineAsync($"{Ann1} QUIT :Quit: really");
    }

    [Fact]
    public async Task A_dead_connection_is_in_nobodys_way()
    {
        var dead = await DeviceAsync();
        await dead.AskAsync("JOIN #room");

        var back = await DeviceAsync();

        Assert.Equal("Ann", back.Nick);
        Assert.Equal([$"{Ann1} JOIN #room"], (await back.SyncAsync()).Of("JOIN").Select(line => line.Body));
    }

    [Fact]
    public async Task A_guest_that_logs_in_later_becomes_one_of_the_accounts_devices()
    {
        var bob = await Server.JoinAsync("Bob");
        var desk = await DeviceAsync();
        await desk.AskAsync("JOIN #room");
        await desk.AskAsync("JOIN #desk");
        var guest = await Server.JoinAsync("Gus");
        await guest.AskAsync("JOIN #own");
        await bob.SyncAsync();
        await desk.SyncAsync();

        await guest.AskAsync("CAP REQ sasl");
        await guest.AskAsync("AUTHENTICATE PLAIN");
        var lines = await guest.AskAsync($"AUTHENTICATE {Plain("Ann", Password)}");

        Assert.Contains(":Gus!~gus@localhost NICK Ann", lines.Bodies());
        Assert.Equal(":parley 903 Ann :SASL authentication successful", lines[^1].Body);
        Assert.Equal(["#desk", "#own", "#room"], lines.Of("JOIN").Select(line => line.Parameters[0]).Order());
        Assert.Contains(lines.Bodies(), body => body.StartsWith(":parley 900 Ann Ann!~ann@localhost Ann ", StringComparison.Ordinal));
        Assert.Equal([":Gus!~gus@localhost QUIT :Logged in as Ann"], (await bob.SyncAsync()).Bodies());
        Assert.Equal([":Gus!~gus@localhost QUIT :Logged in as Ann", $"{Ann1} JOIN #own"], (await desk.SyncAsync()).Bodies().Take(2));
        await guest.AskAsync("PRIVMSG #room :it is me");
        await bob.ExpectLineAsync($"{Ann1} PRIVMSG #room :it is me");
        await desk.ExpectLineAsync($"{Ann1} PRIVMSG #room :it is me");
        await Server.RegisterAsync("Gus");
    }

    [Fact]
    public async Task A_guest_that_identifies_to_NickServ_becomes_one_of_the_accounts_devices()
    {
        await Server.MakeAccountAsync("Zoe", "battery-staple");
        var (desk, phone) = (await Server.RegisterAsync("Zed"), await Server.RegisterAsync("Zack"));
        await desk.AskAsync("PRIVMSG NickServ :IDENTIFY Zoe battery-staple");
        await desk.AskAsync("JOIN #room");

        var lines = await phone.AskAsync("PRIVMSG NickServ :IDENTIFY Zoe battery-staple");

        Assert.Equal(":Zack!~zack@localhost NICK Zoe", lines[0].Body);
        Assert.Equal([":Zoe!~zed@localhost JOIN #room"], lines.Of("JOIN").Select(line => line.Body));
        Assert.EndsWith("NOTICE Zoe :You are now identified for Zoe", lines[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_device_more_than_the_limit_is_refused_however_it_comes_and_nothing_else_happens()
    {
        await using var server = await IrcServer.StartAsync(options => options.AccountSessions = 2, accounts: Store);
        await DeviceAsync(server: server);
        await DeviceAsync(server: server);
        var guest = await server.JoinAsync("Gus", "#room", "sasl");
        const string Words = "Ann is here with 2 sessions, and may have no more: end one of them first";

        var third = await server.ConnectAsync();
        await third.SendAllAsync("CAP LS 302", "CAP REQ sasl", "NICK Ann", "USER ann 0 * :Ann", "AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}", "CAP END");
        var lines = await third.ReadToEndAsync();
        Assert.Equal([$":parley FAIL * TOO_MANY_SESSIONS :{Words}", $"ERROR :Closing link: {Words}"], lines.Bodies().TakeLast(2));

        await guest.AskAsync("AUTHENTICATE PLAIN");
        Assert.Equal([$":parley 904 Gus :SASL authentication failed: {Words}"], (await guest.AskAsync($"AUTHENTICATE {Plain("Ann", Password)}")).Bodies());
        Assert.Equal([":parley 353 Gus = #room :@Gus"], (await guest.AskAsync("NAMES #room")).Of("353").Select(line => line.Body));

        var lena = await server.EnterLinesAsync("Lena");
        await lena.SendLinesAsync("/login Ann", Password, "/users");
        await lena.ExpectAsync(Asked, Words, "Users - Lena");

        await using var ann = await ScriptedClient.ConnectAsync(server.AddressOf("addressed"));
        await ann.SendLinesAsync("/login Ann", Password);
        await ann.ReadUntilAsync($"error: {Asked}");
        await ann.ExpectAsync($"error: {Words}");
        await ann.ExpectClosedAsync();
    }

    [Fact]
    public async Task Nobody_else_gets_a_name_that_is_worn()
    {
        await DeviceAsync();

        var stranger = await Server.ConnectAsync();
        Assert.Equal([":parley 433 * Ann :Nickname is already in use"], (await stranger.AskAsync("NICK Ann")).Bodies());
        var negotiating = await NegotiateAsync();
        await negotiating.SendAllAsync("NICK Ann", "USER ann 0 * :Ann", "CAP END");
        Assert.StartsWith(":parley 433 * Ann :Ann belongs to an account: ", Assert.Single(await negotiating.SyncAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_device_has_read_the_others_are_told_and_who_comes_later_knows()
    {
        var (desk, phone) = (await DeviceAsync(capabilities: "draft/read-marker"), await DeviceAsync(capabilities: "draft/read-marker"));
        Assert.Equal([":parley MARKREAD #room *"], (await desk.AskAsync("JOIN #room")).Of("MARKREAD").Select(line => line.Body));
        await phone.ReadUntilAsync("366");
        await phone.SyncAsync();

        await desk.AskAsync("MARKREAD #room timestamp=2026-05-30T12:00:00.000Z");

        await phone.ExpectLineAsync(":parley MARKREAD #room timestamp=2026-05-30T12:00:00.000Z");
        var third = await DeviceAsync(capabilities: "draft/read-marker");
        Assert.Equal([":parley MARKREAD #room timestamp=2026-05-30T12:00:00.000Z"], (await third.SyncAsync()).Of("MARKREAD").Select(line => line.Body));
    }

    [Fact]
    public async Task Away_is_the_person_and_every_device_is_told()
    {
        var bob = await Server.RegisterAsync("Bob");
        var (desk, phone) = (await DeviceAsync(), await DeviceAsync());

        Assert.Equal(["306"], (await desk.AskAsync("AWAY :lunch")).Commands());
        await phone.ExpectLineAsync(":parley 306 Ann :You have been marked as being away");
        Assert.Contains(":parley 301 Bob Ann :lunch", (await bob.AskAsync("WHOIS Ann")).Bodies());

        Assert.Equal(["305"], (await phone.AskAsync("AWAY")).Commands());
        await desk.ExpectLineAsync(":parley 305 Ann :You are no longer marked as being away");
    }

    [Fact]
    public async Task On_lines_a_terminal_is_one_of_the_devices_and_goes_from_room_to_room_by_itself()
    {
        var bob = await Server.JoinAsync("Bob", "#main");
        var desk = await DeviceAsync();
        await desk.AskAsync("JOIN #main");
        var lena = await Server.EnterLinesAsync("Lena");
        await bob.SyncAsync();

        await lena.SendLinesAsync("/login Ann", Password);
        await lena.ReadUntilAsync("You are logged in as Ann");
        await lena.ExpectAsync("You are Ann", "You joined main");
        await bob.ExpectLineAsync(":Lena!lines@localhost QUIT :Logged in as Ann");
        await desk.SyncAsync();
        await lena.SendLineAsync("hello");
        await lena.ExpectAsync("Ann: hello");
        await desk.ExpectLineAsync($"{Ann1} PRIVMSG #main :hello");
        await bob.ExpectLineAsync($"{Ann1} PRIVMSG #main :hello");

        await lena.SendLineAsync("/join tea");
        await lena.ExpectAsync("You joined tea");
        Assert.Equal([$"{Ann1} JOIN #tea"], (await desk.SyncAsync()).Of("JOIN").Select(line => line.Body));
        await bob.ExpectNothingAsync();

        await desk.AskAsync("PART #tea");
        await lena.ExpectAsync("Ann left", "You are in no room, /join one");
    }

    [Fact]
    public async Task On_lines_a_client_with_tags_is_in_all_rooms_of_its_account()
    {
        var desk = await DeviceAsync();
        await desk.AskAsync("JOIN #dev");
        var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLinesAsync("/login Ann", Password);
        await lena.ReadUntilAsync("You joined main");

        await lena.SendLineAsync("/tags on");
        await lena.ExpectAsync("Tags are on", "#dev You joined dev");
        await desk.AskAsync("JOIN #tea");
        await lena.ExpectAsync("#tea You joined tea");
        await desk.AskAsync("PART #tea");
        await lena.ExpectAsync("#tea Ann left");
        await lena.SendLineAsync("/in dev hello");

        Assert.Contains($"{Ann1} PRIVMSG #dev :hello", (await desk.ReadUntilAsync("PRIVMSG")).Bodies());
    }

    [Fact]
    public async Task On_addressed_every_device_gets_the_messages_and_sees_what_the_others_send()
    {
        var adam = await Server.EnterAddressedAsync("adam");
        var desk = await DeviceAsync();
        await using var ann = await ScriptedClient.ConnectAsync(Server.AddressOf("addressed"));
        await ann.SendLinesAsync("/login Ann", Password);
        await ann.ReadUntilAsync($"error: {Asked}");

        await adam.SendLineAsync("ann: hi");
        await desk.ExpectLineAsync(":adam!addressed@localhost PRIVMSG Ann :hi");
        await ann.ExpectAsync("from adam: hi");
        await desk.AskAsync("PRIVMSG adam :hello");
        await adam.ExpectAsync("from Ann: hello");
        await ann.ExpectAsync("to adam: hello");
        await ann.SendLineAsync("adam: and here");
        await adam.ExpectAsync("from Ann: and here");
        await ann.SendLineAsync("nobody: x");
        await ann.ExpectAsync("error: nobody is not here");
    }

    private const string Asked = "Send the password of Ann as the next line, or an empty line to give up";

    /// <summary>A client of Ann's that has registered; it wears the name that it was given.</summary>
    private async Task<IrcClient> DeviceAsync(string nick = "Ann", string capabilities = "", IrcServer? server = null)
    {
        var client = await (server ?? Server).ConnectAsync();
        await client.SendAllAsync("CAP LS 302", $"CAP REQ :sasl {capabilities}".TrimEnd(), $"NICK {nick}", "USER ann 0 * :Ann", "AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}", "CAP END");
        client.Nick = (await client.ReadUntilAsync("001"))[^1].Parameters[0];
        await client.ReadUntilAsync("422");
        return client;
    }
}
