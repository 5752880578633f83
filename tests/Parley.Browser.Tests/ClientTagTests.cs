using Microsoft.Playwright;
using Parley.Browser.Tests.Support;
using Parley.Server.Options;
using Parley.TestKit;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

/// <summary>What IRC clients of 2026 say with tags, as the page shows it: docs/protocols/irc.md.</summary>
public sealed class ClientTagTests(Chromium chromium)
{
    private const string Capabilities = "message-tags echo-message batch server-time";

    [Theory]
    [InlineData("+channel-context")]
    [InlineData("+draft/channel-context")]
    public async Task A_private_answer_about_a_room_leads_there(string tag)
    {
        await using var server = await StartAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await using var bot = await server.EnterIrcAsync("helper", Capabilities);
        await Expect(ann.Page.Locator("#members .member-name")).ToHaveCountAsync(2);

        await bot.SendLineAsync($"@{tag}=#main PRIVMSG {await ann.NameAsync()} :the rules are these");
        await ann.Page.Locator("#people .room-open").ClickAsync();
        await ann.SeeAsync("the rules are these");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "In #main, to you alone" }).ClickAsync();

        await Expect(ann.Room).ToHaveTextAsync("#main");
        ann.HasNoFaults();
    }

    [Fact]
    public async Task A_reaction_comes_and_goes_by_either_spelling_of_its_reply()
    {
        await using var server = await StartAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await using var bob = await server.EnterIrcAsync("bob", Capabilities);
        var id = await SayAsync(bob, "to react to");
        await ann.SeeAsync("to react to");
        var reactions = ann.Page.Locator(".reaction");

        foreach (var reply in new[] { "+reply", "+draft/reply" })
        {
            await bob.SendLineAsync($"@{reply}={id};+draft/react=yes TAGMSG #main");
            await Expect(reactions).ToHaveCountAsync(1);
            await bob.SendLineAsync($"@{reply}={id};+draft/unreact=yes TAGMSG #main");
            await Expect(reactions).ToHaveCountAsync(0);
        }

        ann.HasNoFaults();
    }

    [Fact]
    public async Task Paging_goes_on_past_more_reactions_than_a_page_has_messages()
    {
        await using var server = await StartAsync(options => options.HistoryPage = 20);
        await using var bob = await server.EnterIrcAsync("bob", Capabilities);
        for (var i = 0; i < 60; i++)
        {
            var id = await SayAsync(bob, $"number {i}");
            if (i % 20 == 10)
            {
                await bob.SendLinesAsync([.. Enumerable.Range(0, 50).Select(each => $"@+reply={id};+draft/react=r{each} TAGMSG #main")]);
            }
        }

        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.SeeAsync("number 59");

        var seen = await ann.ScrollUpToAsync("number 0");

        Assert.Equal(Enumerable.Range(0, 60).Select(i => $"number {i}").Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
        await Expect(ann.Page.Locator(".row-message", new() { HasText = "number 10" }).Locator(".reaction")).ToHaveCountAsync(50);
        ann.HasNoFaults();
    }

    private static async Task<string> SayAsync(ScriptedClient client, string text)
    {
        await client.SendLineAsync($"PRIVMSG #main :{text}");
        var echo = await client.ReadUntilContainsAsync($" PRIVMSG #main :{text}");
        return echo.Split("msgid=")[1].Split(';', ' ')[0];
    }

    private static Task<PageServer> StartAsync(Action<ParleyOptions>? set = null) => PageServer.StartNewAsync(options =>
    {
        options.Irc = ListenAddress.Loopback(0);
        set?.Invoke(options);
    });
}
