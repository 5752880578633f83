using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests;

/// <summary>https://modern.ircdocs.horse/#connection-registration</summary>
public sealed class RegistrationTests : ConformanceTest
{
    private const string Registration = "https://modern.ircdocs.horse/#connection-registration";

    [Fact]
    [Quote(Registration, "Upon successful completion of the registration process, the server MUST send, in this order")]
    public async Task Whoever_has_registered_is_greeted_in_order()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("NICK Ann", "USER ann 0 * :Ann Example");

        var greeting = await client.SyncAsync();

        Assert.Equal(["001", "002", "003", "004", "005"], greeting.Select(line => line.Command).Distinct().Take(5));
        Assert.All(greeting, line => Assert.Equal("Ann", line.Parameters[0]));
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
        Assert.Equal(":Lena!lines@parley PRIVMSG #main :hi", (await ann.ExpectAsync("PRIVMSG")).Body);
        await ann.SendAsync("PRIVMSG #main :\u0001ACTION waves\u0001");

        await lena.ExpectAsync("* Ann waves");
    }
}
