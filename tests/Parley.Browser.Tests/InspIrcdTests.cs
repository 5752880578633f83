using Microsoft.Playwright;
using Parley.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

/// <summary>docs/web.md, "With another server": the page's folder on another web server, with InspIRCd behind it.</summary>
public sealed class InspIrcdTests(Chromium chromium)
{
    private const string Ircv3 = "cap ircv3 ircv3_batch ircv3_capnotify ircv3_ctctags ircv3_echomessage ircv3_labeledresponse ircv3_msgid ircv3_servertime namesx uhnames";

    [Theory]
    [InlineData("")]
    [InlineData(Ircv3)]
    public async Task One_talks_in_rooms_and_to_people_with_the_capabilities_that_there_are(string modules)
    {
        await using var folder = await PageFolder.StartAsync();
        await using var server = await StartAsync(folder, modules);
        await using var bea = await server.EnterAsync("bea", "#lobby");
        await using var ann = await OpenAsync(folder);

        await Expect(ann.Room).ToHaveTextAsync("#lobby");
        await Expect(ann.Page.Locator("#members .member-name")).ToHaveTextAsync(["bea", "ann"]);
        await Expect(ann.Page.Locator("#members .member-rank")).ToHaveTextAsync(["@"]);
        await bea.SendLineAsync("PRIVMSG #lobby :hello ann");
        await ann.SeeAsync("hello ann");
        await ann.SayAsync("hello bea");
        await bea.ReadUntilContainsAsync("PRIVMSG #lobby :hello bea");
        await ann.SayAsync("/me waves");
        await bea.ReadUntilContainsAsync("PRIVMSG #lobby :\u0001ACTION waves\u0001");
        await Expect(ann.Messages).ToHaveTextAsync(["hello ann", "hello bea", "ann waves"]);

        await bea.SendLineAsync("PRIVMSG ann :psst");
        await ann.Page.Locator("#people .room-open").ClickAsync();
        await ann.SeeAsync("psst");
        await ann.SayAsync("what is it?");
        await bea.ReadUntilContainsAsync("PRIVMSG bea :what is it?");
        await Expect(ann.Messages).ToHaveTextAsync(["psst", "what is it?"]);
        ann.HasNoFaults();
    }

    [Theory]
    [InlineData("")]
    [InlineData(Ircv3)]
    public async Task Topics_ranks_names_and_rooms_change_for_all(string modules)
    {
        await using var folder = await PageFolder.StartAsync();
        await using var server = await StartAsync(folder, modules);
        await using var bea = await server.EnterAsync("bea", "#lobby");
        await using var ann = await OpenAsync(folder);
        await Expect(ann.Page.Locator("#members .member-name")).ToHaveCountAsync(2);
        var error = ann.Page.Locator(".row-error");

        await bea.SendLineAsync("TOPIC #lobby :tea at five");
        await Expect(ann.Page.Locator("#topic")).ToHaveTextAsync("tea at five");
        await ann.SayAsync("/topic tea at six");
        await Expect(error).ToContainTextAsync("#lobby: ");
        await bea.SendLineAsync("MODE #lobby +o ann");
        await Expect(ann.Page.Locator("#members .member-rank")).ToHaveCountAsync(2);
        await ann.SayAsync("/topic tea at six");
        await bea.ReadUntilContainsAsync("TOPIC #lobby :tea at six");
        await Expect(ann.Page.Locator("#topic")).ToHaveTextAsync("tea at six");

        await ann.SayAsync("/nick bea");
        await Expect(error.Last).ToContainTextAsync("bea cannot be used: ");
        await ann.SayAsync("/nick Anna[1]");
        await bea.ReadUntilContainsAsync("NICK :Anna[1]");
        await Expect(ann.Page.Locator("#self-name")).ToHaveTextAsync("Anna[1]");
        await bea.SendLineAsync("NICK beatrix");
        await Expect(ann.Page.Locator("#members .member-name")).ToHaveTextAsync(["Anna[1]", "beatrix"]);

        await bea.SendLinesAsync("JOIN #cellar", "MODE #cellar +k key");
        await bea.ReadUntilContainsAsync("MODE #cellar +k");
        await ann.SayAsync("/join #cellar");
        await Expect(ann.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("#cellar needs a key.");
        await ann.Page.Keyboard.PressAsync("Escape");
        await ann.SayAsync("/join #cellar key");
        await Expect(ann.Room).ToHaveTextAsync("#cellar");
        await ann.Page.Keyboard.PressAsync("Control+k");
        await Expect(ann.Page.Locator(".choices button")).ToHaveCountAsync(2);
        await ann.Page.Keyboard.PressAsync("Escape");
        await bea.SendLineAsync("KICK #cellar Anna[1] :dark");
        await Expect(ann.Page.Locator(".row-event", new() { HasText = "removed Anna[1] (dark)" })).ToHaveCountAsync(1);
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Menu of #lobby" }).FocusAsync();
        await ann.Page.Keyboard.PressAsync("Enter");
        await ann.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Leave" }).ClickAsync();
        await bea.ReadUntilContainsAsync(" PART ");
        await Expect(ann.Page.Locator("#rooms .room-name")).ToHaveTextAsync(["cellar"]);
        ann.HasNoFaults();
    }

    [Fact]
    public async Task A_name_that_is_taken_is_changed_and_pages_of_another_origin_are_told_that_they_may_not()
    {
        await using var folder = await PageFolder.StartAsync();
        await using var server = await StartAsync(folder, "");
        await using var bea = await server.EnterAsync("ann", "#lobby");
        await using var ann = await OpenAsync(folder);
        Assert.Matches("^ann[0-9]{3}$", await ann.NameAsync());
        ann.HasNoFaults();

        await using var elsewhere = await PageFolder.StartAsync();
        elsewhere.ConnectTo(server.WebSocket);
        await using var cy = await ChatPage.NewAsync(chromium);
        await cy.Page.GotoAsync(elsewhere.Address.ToString());
        await cy.IsOfflineAsync();
        cy.HasNoFaults("WebSocket connection");
    }

    private static async Task<InspIrcd> StartAsync(PageFolder folder, string modules)
    {
        var server = await InspIrcd.StartAsync(folder.Origin, modules.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        folder.ConnectTo(server.WebSocket);
        return server;
    }

    private async Task<ChatPage> OpenAsync(PageFolder folder)
    {
        var ann = await ChatPage.NewAsync(chromium);
        await ann.Page.AddInitScriptAsync("localStorage.getItem('parley') ?? localStorage.setItem('parley', JSON.stringify({ nick: 'ann', nickChosen: true }))");
        await ann.Page.GotoAsync(folder.Address.ToString());
        await ann.IsOnlineAsync();
        return ann;
    }
}
