using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Connection;

/// <summary>https://modern.ircdocs.horse/#quit-message</summary>
public sealed class QuitTests : ConformanceTest
{
    private const string Quit = "https://modern.ircdocs.horse/#quit-message";

    [Theory]
    [InlineData("QUIT :gone fishing", "Quit: gone fishing")]
    [InlineData("QUIT bye", "Quit: bye")]
    [InlineData("QUIT", "Quit: ")]
    [Quote(Quit, "The server acknowledges this by replying with an")]
    [Quote(Quit, "servers SHOULD prepend `<reason>` with the ASCII string `\"Quit: \"` when sending `QUIT` messages to other clients, to represent that this user terminated the connection themselves.")]
    [Quote(Quit, "This applies even if `<reason>` is empty, in which case the reason sent to other clients SHOULD be just this `\"Quit: \"` string.")]
    public async Task Whoever_quits_is_let_go_and_others_are_told_why(string line, string reason)
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", ""));

        await all[0].SendAsync(line);

        Assert.Equal([$"ERROR :Closing link: {reason}"], (await all[0].ReadToEndAsync()).Bodies());
        await all[1].ExpectLineAsync($":Ann!~ann@localhost QUIT :{reason}");
    }

    [Fact]
    public async Task Whoever_shares_several_rooms_is_told_once()
    {
        var all = await Server.JoinAllAsync("#one", ("Ann", ""), ("Bob", ""));
        foreach (var client in all)
        {
            await client.AskAsync("JOIN #two");
        }

        await all[0].SyncAsync();
        await all[0].SendAsync("QUIT :bye");
        await all[0].ReadToEndAsync();

        Assert.Equal([":Ann!~ann@localhost QUIT :Quit: bye"], (await all[1].ReadUntilAsync("QUIT")).Bodies());
        await all[1].ExpectNothingAsync();
    }

    [Fact]
    public async Task Whoever_has_not_registered_can_quit()
    {
        var client = await Server.ConnectAsync();
        await client.SendAsync("QUIT");

        Assert.Equal(["ERROR"], (await client.ReadToEndAsync()).Commands());
    }

    [Fact]
    [Quote(Quit, "If a client connection is closed without the client issuing a `QUIT` command to the server, the server MUST distribute a `QUIT` message to other clients informing them of this")]
    public async Task A_connection_that_is_gone_is_told_too()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", ""));

        await all[0].DisposeAsync();

        await all[1].ExpectLineAsync(":Ann!~ann@localhost QUIT :Connection closed");
    }

    [Fact]
    public async Task What_was_said_before_is_heard_before()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", ""));

        await all[0].SendRawAsync("PRIVMSG #room :last words\r\nQUIT\r\nPRIVMSG #room :from beyond\r\n"u8.ToArray());

        await all[1].ExpectLineAsync(":Ann!~ann@localhost PRIVMSG #room :last words");
        await all[1].ExpectLineAsync(":Ann!~ann@localhost QUIT :Quit: ");
        await all[1].ExpectNothingAsync();
    }

    [Fact]
    public async Task A_long_reason_is_cut()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", ""));

        await all[0].SendAsync($"QUIT :{new string('x', 450)}");

        Assert.Equal($"Quit: {new string('x', 300)}", (await all[1].ExpectAsync("QUIT")).Text);
    }

    [Fact]
    public async Task Somebody_on_lines_is_told()
    {
        var lena = await Server.EnterLinesAsync("Lena");
        var ann = await Server.JoinAsync("Ann", "#main");
        await lena.ExpectAsync("Ann joined");

        await ann.SendAsync("QUIT");

        await lena.ExpectAsync("Ann left");
    }
}
