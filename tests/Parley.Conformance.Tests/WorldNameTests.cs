using Parley.Conformance.Tests.Support;
using Parley.Server.Accounts;
using Parley.Server.Options;

namespace Parley.Conformance.Tests;

/// <summary>Names of all scripts, and long names of rooms, on every protocol.</summary>
public sealed class WorldNameTests : ConformanceTest
{
    [Fact]
    public async Task People_with_names_of_any_script_write_to_each_other_on_every_protocol()
    {
        var ivan = await Server.EnterLinesAsync("Иван");
        var wang = await Server.EnterAddressedAsync("王小明");
        var zoe = await Server.JoinAsync("Zoë", "#main");
        await ivan.ExpectAsync("Zoë joined");

        await zoe.AskAsync("PRIVMSG ИВАН,王小明,#main :hello");
        await ivan.ExpectAsync("from Zoë: hello", "Zoë: hello");
        await wang.ExpectAsync("from Zoë: hello");

        await wang.SendLineAsync("ZOE\u0308, иван: hi");
        await zoe.ExpectLineAsync(":王小明!addressed@localhost PRIVMSG Zoë :hi");
        await ivan.ExpectAsync("from 王小明: hi");

        await ivan.SendLinesAsync("/msg zoË psst", "/me waves");
        await ivan.ExpectAsync("to Zoë: psst", "* Иван waves");
        await zoe.ExpectLineAsync(":Иван!lines@localhost PRIVMSG Zoë :psst");
        await zoe.ExpectLineAsync(":Иван!lines@localhost PRIVMSG #main :\u0001ACTION waves\u0001");
    }

    [Theory]
    [InlineData("c++")]
    [InlineData("node.js")]
    [InlineData("проект-alpha")]
    [InlineData("A_room_whose_name_has_exactly_as_many_bytes_as_it_may-64-bytes_x")]
    public async Task A_room_of_IRC_is_joined_from_lines_and_its_messages_are_found_by_their_ids(string room)
    {
        var ann = await Server.JoinAsync("Ann", $"#{room}", "message-tags echo-message draft/chathistory batch server-time");
        var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLineAsync($"/join {room.ToUpperInvariant()}");
        await lena.ReadUntilAsync($"You joined {room}");
        await ann.ExpectAsync("JOIN");

        var id = (await ann.AskAsync($"PRIVMSG #{room} :hello"))[0].Tags["msgid"];
        await lena.ExpectAsync("Ann: hello");
        await lena.SendLineAsync("hello too");
        await lena.ExpectAsync("Lena: hello too");
        await ann.ExpectAsync("PRIVMSG");
        var after = await ann.AskAsync($"CHATHISTORY AFTER #{room} msgid={id} 10");
        Assert.Equal("hello too", Assert.Single(after.Of("PRIVMSG")).Text);
    }

    [Fact]
    public async Task A_room_is_one_in_whatever_case_it_is_joined()
    {
        var ann = await Server.JoinAsync("Ann", "#Кухня");
        await Server.JoinAsync("Bob", "#КУХНЯ");

        await ann.ExpectLineAsync(":Bob!~bob@localhost JOIN #Кухня");
    }

    [Fact]
    public async Task A_name_that_looks_like_that_of_somebody_who_is_here_is_refused_on_every_protocol()
    {
        await Server.RegisterAsync("anna");
        const string Greek = "ΑΝΝΑ";
        var (irc, lines) = (await Server.ConnectAsync(), await Server.EnterLinesAsync("Lena"));

        await irc.SendAsync("USER x 0 * :x");
        Assert.Equal([$":parley 433 * {Greek} :{Greek} looks like the name of somebody who is here: choose another name"], (await irc.AskAsync($"NICK {Greek}")).Bodies());
        await lines.SendLineAsync($"/name {Greek}");
        await lines.ExpectAsync($"{Greek} looks like the name of somebody who is here: choose another name");
    }

    [Fact]
    public async Task Names_are_of_ASCII_where_the_server_is_set_so()
    {
        await using var server = await IrcServer.StartAsync(options => options.NamesCharset = NameCharset.Ascii);
        var (ann, lena) = (await server.RegisterAsync("Ann"), await server.EnterLinesAsync("Lena"));

        Assert.Equal([":parley 432 Ann Zoë :It will not do, names on this server have letters of ASCII only"], (await ann.AskAsync("NICK Zoë")).Bodies());
        Assert.Equal([":parley 403 Ann #кухня :No such channel: names on this server have letters of ASCII only"], (await ann.AskAsync("JOIN #кухня")).Bodies());
        await lena.SendLinesAsync("/name Zoë", "/join кухня", "/users");
        await lena.ExpectAsync(
            "Zoë will not do, names on this server have letters of ASCII only: choose another name",
            "You cannot join кухня, names on this server have letters of ASCII only",
            "Users - Lena");
    }

    [Fact]
    public async Task A_ban_and_a_read_marker_hold_in_any_case()
    {
        var ann = await Server.JoinAsync("Ann", "#Кухня", "draft/read-marker");
        await ann.AskAsync("MODE #кухня +b ØRSTED!*@*");
        var other = await Server.RegisterAsync("Ørsted");

        Assert.Equal(["474"], (await other.AskAsync("JOIN #кухня")).Commands());
        await ann.AskAsync("MARKREAD #кухня timestamp=2026-01-01T00:00:00.000Z");
        Assert.Equal("timestamp=2026-01-01T00:00:00.000Z", (await ann.AskAsync("MARKREAD #КУХНЯ"))[0].Parameters[1]);
    }
}
