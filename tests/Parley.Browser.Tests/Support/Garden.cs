using Microsoft.Playwright;
using Parley.TestKit;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests.Support;

/// <summary>People who talk in <c>#garden</c> and elsewhere, for Marigold to see.</summary>
internal sealed class Garden : IAsyncDisposable
{
    private readonly ScriptedClient _ann;
    private readonly ScriptedClient _bo;
    private readonly ScriptedClient _cleo;
    private readonly ChatPage _dot;

    private Garden(ScriptedClient ann, ScriptedClient bo, ScriptedClient cleo, ChatPage dot) => (_ann, _bo, _cleo, _dot) = (ann, bo, cleo, dot);

    public static async Task<Garden> PlantAsync(Chromium chromium, PageServer server)
    {
        var dot = await ChatPage.NewAsync(chromium);
        await dot.Page.AddInitScriptAsync("localStorage.getItem('parley') ?? localStorage.setItem('parley', JSON.stringify({ nick: 'Dot' }))");
        await dot.Page.GotoAsync(server.Address + "#garden");
        await Expect(dot.Room).ToHaveTextAsync("#garden");
        await dot.SayAsync("/topic Allotment 12: beds, bees and the shared shed");
        await Expect(dot.Page.Locator("#topic")).Not.ToBeEmptyAsync();
        var garden = new Garden(await server.EnterLinesAsync("Ann"), await server.EnterLinesAsync("Bo"), await server.EnterLinesAsync("Cleo"), dot);
        await garden.TalkAsync();
        return garden;
    }

    /// <summary>Marigold likes something, answers something, and is told something elsewhere.</summary>
    public async Task ReactAsync(ChatPage marigold)
    {
        await RowAsync(marigold, "Seedlings are on the bench", "e");
        await marigold.Page.GetByRole(AriaRole.Button, new() { Name = "heart love", Exact = true }).ClickAsync();
        await Expect(marigold.Page.Locator(".reaction")).ToHaveCountAsync(1);
        await RowAsync(marigold, "Who waters on Sunday", "r");
        await marigold.SayAsync("I can, before noon 🌱");
        await marigold.SeeAsync("I can, before noon 🌱");
        await _bo.SendLineAsync("/msg Marigold have you seen the big kettle?");
        await EnterAsync(_ann, "harbour");
        await SayAsync(_ann, "the ferry is late, Marigold");
        await Expect(marigold.Page.Locator(".count.is-mention")).ToHaveCountAsync(2);
    }

    /// <summary>Dot begins to say something.</summary>
    public Task TypeAsync() => _dot.Input.PressSequentiallyAsync("well");

    /// <summary>Cleo says something in <c>main</c>.</summary>
    public async Task InterruptAsync()
    {
        await EnterAsync(_cleo, "main");
        await SayAsync(_cleo, "Found the oil!");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in new[] { _ann, _bo, _cleo })
        {
            await client.DisposeAsync();
        }

        await _dot.DisposeAsync();
    }

    private static async Task RowAsync(ChatPage page, string text, string key)
    {
        await page.Page.Locator(".row-message", new() { HasText = text }).FocusAsync();
        await page.Page.Keyboard.PressAsync(key);
    }

    private static async Task EnterAsync(ScriptedClient client, string room)
    {
        await client.SendLineAsync("/join " + room);
        await client.ReadUntilAsync("You joined " + room);
    }

    private static async Task SayAsync(ScriptedClient client, string text)
    {
        await client.SendLineAsync(text);
        await client.ReadUntilAsync($"{client.Name}: {text}");
    }

    private async Task TalkAsync()
    {
        for (var n = 0; n < 40; n++)
        {
            await SayAsync(n % 3 == 0 ? _bo : _cleo, n % 2 == 0 ? $"The gate sticks again ({n})" : $"Somebody left the hose on ({n})");
        }

        foreach (var client in new[] { _ann, _bo, _cleo })
        {
            await EnterAsync(client, "garden");
        }

        await SayAsync(_ann, "Morning! Seedlings are on the bench by the door, please take some home.");
        await SayAsync(_ann, "There are beans, chard and far too many tomatoes 🍅");
        await SayAsync(_bo, "Lovely. I fixed the tap: `quarter turn` is enough now.");
        await _dot.SayAsync("It takes **12 litres** a bed:\n```cs\nvar litres = beds.Sum(bed => bed.Area * 4.5); // a day\n```");
        await Expect(_dot.Page.Locator(".code-block")).ToHaveCountAsync(1);
        await SayAsync(_cleo, "The plan for the beds is at https://garden.example/plan (last page)");
        await SayAsync(_ann, "Who waters on Sunday?");
        await SayAsync(_bo, "Not me, but Marigold said she might");
        await SayAsync(_cleo, "Count me in");
    }
}
