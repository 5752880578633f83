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
        await PlayedServer.BehindAsync(ann, words => words switch
        {
            ["JOIN", var room, ..] => [$":me!u@h JOIN {room}", $":old 353 me = {room} :@bea me", $":old 366 me {room} :End", $":bea!u@h PRIVMSG {room} :welcome"],
            ["PRIVMSG", ..] => [":bea!u@h PRIVMSG #main :I heard that"],
            _ => null,
        });
        await ann.Page.GotoAsync(server.Address.ToString());

        await ann.SeeAsync("welcome");
        await ann.SayAsync("hello");

        await ann.SeeAsync("I heard that");
        await Expect(ann.Messages).ToHaveTextAsync(["welcome", "hello", "I heard that"]);
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Who_is_let_into_no_room_is_told_why()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.NewAsync(chromium);
        await PlayedServer.BehindAsync(ann, words => words is ["JOIN", var room, ..] ? [$":old 473 me {room} :Cannot join channel (invite only)"] : null);

        await ann.Page.GotoAsync(server.Address.ToString());

        await Expect(ann.Page.Locator(".row-error")).ToHaveTextAsync("#main: Cannot join channel (invite only)");
        await Expect(ann.Page.Locator("#welcome h2")).ToHaveTextAsync("Where to?");
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Nothing_that_a_server_says_becomes_markup_wherever_it_is_shown()
    {
        const string markup = "<img/src=x/onerror=alert(1)>";
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.NewAsync(chromium);
        var evil = await PlayedServer.BehindAsync(ann, words => words switch
        {
            ["NICK", _] => [":old 001 me :Welcome", $":old 005 me CHANTYPES=# PREFIX=(ov)@+ NETWORK={markup} :are supported", $":old 375 me :{markup}", ":old 376 me :End"],
            ["CAP", "LS", ..] => [":old CAP * LS :message-tags server-time extended-join"],
            ["CAP", "REQ", ..] => [":old CAP * ACK :message-tags server-time extended-join"],
            ["LIST"] => [$":old 322 me #2{markup} 7 :{markup}", ":old 323 me :End"],
            _ => null,
        });
        await ann.Page.GotoAsync(server.Address.ToString());
        await Expect(ann.Room).ToHaveTextAsync("#main");

        evil.Send(
            $":old 332 me #main :{markup} javascript:alert(1) https://a.example/\"onmouseover=alert(1)",
            $":{markup}!{markup}@{markup} JOIN #main {markup} :{markup}",
            $"@msgid=1\" :{markup}!u@h PRIVMSG #main :{markup} `{markup}` javascript:alert(1) https://a.example/\"onmouseover=alert(1) #{markup}",
            $"@+draft/reply=1\" :{markup}!u@h PRIVMSG #main :\u0001ACTION {markup}\u0001",
            $"@+draft/reply=1\";+draft/react={markup} :{markup}!u@h TAGMSG #main",
            $"@+typing=active :{markup}!u@h TAGMSG #main",
            $":{markup}!u@h PRIVMSG me :{markup}",
            $":{markup}!u@h TOPIC #main :{markup}",
            $":{markup}!u@h KICK #main bea :{markup}",
            $":{markup}!u@h INVITE me :#{markup}",
            $":old 311 me {markup} {markup} {markup} * :{markup}",
            $":old 401 me {markup} :{markup}",
            $"FAIL X Y :{markup}",
            $":me!u@h JOIN #{markup}",
            $":{markup}!u@h PRIVMSG #main :last");
        await ann.SeeAsync("last");
        await Expect(ann.Page.Locator(".reaction")).ToHaveCountAsync(1);
        await Expect(ann.Page.Locator("#topic")).ToContainTextAsync(markup);
        await ann.Page.Keyboard.PressAsync("Control+k");
        await Expect(ann.Page.Locator(".choices button", new() { HasText = "7 people" })).ToHaveCountAsync(1);
        Assert.Empty(await MarkupAsync(ann));
        await ann.Page.Keyboard.PressAsync("Escape");
        await ann.SayAsync("/search img");
        await Expect(ann.Page.Locator(".results button")).Not.ToHaveCountAsync(0);

        Assert.Empty(await MarkupAsync(ann));
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

    /// <summary>Elements that the page does not make, attributes that act, and links that lead anywhere but to the web or a room.</summary>
    private static Task<string[]> MarkupAsync(ChatPage page) => page.Page.EvaluateAsync<string[]>(
        """
        () => [...document.body.querySelectorAll('*')].filter(each =>
          (each.matches('img') && !each.matches('.brand img')) || each.matches('script, iframe, object, embed, style, link, meta')
          || each.getAttributeNames().some(name => name.startsWith('on') || name === 'style' && each.getAttribute('style').includes('url'))
          || each.matches('a') && !/^(https?:|#)/.test(each.getAttribute('href'))).map(each => each.outerHTML)
        """);

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
}
