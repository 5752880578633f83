using Microsoft.Playwright;
using Parley.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

/// <summary>The page at servers that are not ours: played by the test, line by line.</summary>
public sealed class OtherServerTests(Chromium chromium)
{
    [Fact]
    public async Task A_server_without_any_capability_will_do()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.NewAsync(chromium);
        await ann.Page.RouteWebSocketAsync("**/irc", socket => Play(socket, line => line.Split(' ') switch
        {
            ["NICK", var nick] => [$":old 001 {nick} :Welcome", $":old 005 {nick} CHANTYPES=# PREFIX=(ov)@+ :are supported", $":old 422 {nick} :No MOTD"],
            ["CAP", ..] => [":old 421 x CAP :Unknown command"],
            ["JOIN", var room] => [$":me!u@h JOIN {room}", $":old 353 me = {room} :@bea me", $":old 366 me {room} :End", $":bea!u@h PRIVMSG {room} :welcome"],
            ["PRIVMSG", ..] => [":bea!u@h PRIVMSG #main :I heard that"],
            _ => [],
        }));
        await ann.Page.AddInitScriptAsync("localStorage.setItem('parley', JSON.stringify({ nick: 'me' }))");
        await ann.Page.GotoAsync(server.Address.ToString());

        await ann.SeeAsync("welcome");
        await ann.SayAsync("hello");

        await ann.SeeAsync("I heard that");
        await Expect(ann.Messages).ToHaveTextAsync(["welcome", "hello", "I heard that"]);
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Garbage_from_the_server_does_not_break_the_page()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.NewAsync(chromium);
        IWebSocketRoute? wire = null;
        await ann.Page.RouteWebSocketAsync("**/irc", socket =>
        {
            wire = socket;
            var real = socket.ConnectToServer();
            socket.OnMessage(frame => real.Send(frame.Text ?? ""));
            real.OnMessage(frame => socket.Send(frame.Text ?? ""));
        });
        await ann.Page.GotoAsync(server.Address.ToString());
        await Expect(ann.Room).ToHaveTextAsync("#main");
        await ann.SayAsync("hello");
        await ann.SeeAsync("hello");

        foreach (var line in Garbage())
        {
            wire!.Send(line);
        }

        await ann.SayAsync("still here");
        await ann.SeeAsync("still here");
        Assert.Equal(0, await ann.Page.Locator("#message-rows script, #message-rows img, #message-rows iframe").CountAsync());
        ann.HasNoFaults();
    }

    private static IEnumerable<string> Garbage()
    {
        string[] commands =
        [
            "PRIVMSG", "NOTICE", "TAGMSG", "JOIN", "PART", "QUIT", "NICK", "KICK", "MODE", "TOPIC", "BATCH", "CAP", "FAIL", "REDACT", "RENAME",
            "MARKREAD", "AWAY", "ACCOUNT", "INVITE", "CHATHISTORY", "AUTHENTICATE", "PONG", "005", "332", "353", "366", "401", "900", "999",
        ];
        string[] parameters =
        [
            "", " ", " :", " #main", " #main :", " #main :<script>alert(1)</script>", " x * y", " #main +ooooo", " +1 chathistory #main", " -1",
            " #nowhere nobody", " __proto__ constructor", " #main :\u0001ACTION", " #main :\u0003\u0002\u202e\ud83d", " * LS",
        ];
        foreach (var prefix in new[] { "", ":x!y@z ", "@time=never;msgid=;+draft/reply=;+draft/react=x;+typing=?;batch=9;label=p1 :__proto__ " })
        {
            foreach (var command in commands)
            {
                foreach (var parameter in parameters)
                {
                    yield return prefix + command + parameter;
                }
            }
        }

        yield return "\0\0\0";
        yield return new string('x', 20_000);
        yield return "@" + new string(';', 9000);
    }

    private static void Play(IWebSocketRoute socket, Func<string, string[]> answer) => socket.OnMessage(frame =>
    {
        foreach (var line in answer(frame.Text ?? ""))
        {
            socket.Send(line);
        }
    });
}
