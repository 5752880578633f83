using Microsoft.Playwright;
using Parley.Browser.Tests.Support;
using Parley.TestKit;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

/// <summary>
/// How the page looks, for eyes: pictures are kept where <c>PARLEY_IMAGES</c> says, such as <c>docs/images</c>. What can be
/// said without eyes is tested.
/// </summary>
public sealed class LooksTests(Chromium chromium)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("PARLEY_IMAGES");

    [Fact]
    public async Task It_is_light_on_a_light_device() => await LookAsync("web-light", new()
    {
        ViewportSize = new() { Width = 1200, Height = 760 },
        ColorScheme = ColorScheme.Light,
    });

    [Fact]
    public async Task It_is_dark_on_a_dark_device()
    {
        var ground = await LookAsync("web-dark", new() { ViewportSize = new() { Width = 1200, Height = 760 }, ColorScheme = ColorScheme.Dark });
        Assert.Equal("rgb(20, 22, 28)", ground);
    }

    [Fact]
    public async Task It_fits_a_phone() => await LookAsync("web-phone", new()
    {
        ViewportSize = new() { Width = 390, Height = 780 },
        DeviceScaleFactor = 1.5f,
        IsMobile = true,
        HasTouch = true,
    });

    private async Task<string> LookAsync(string name, BrowserNewContextOptions device)
    {
        await using var server = await PageServer.StartNewAsync();
        await SetTopicAsync(server);
        await using var stage = await PlayAsync(server);
        await using var page = await ChatPage.NewAsync(chromium, device);
        await page.Page.AddInitScriptAsync("localStorage.getItem('parley') ?? localStorage.setItem('parley', JSON.stringify({ nick: 'Marigold', rooms: ['#garden', '#harbour', '#main'] }))");
        await page.Page.GotoAsync(server.Address + "#garden");
        await page.SeeAsync("Count me in");
        await page.Page.Locator(".row-message", new() { HasText = "Seedlings are on the bench" }).FocusAsync();
        await page.Page.Keyboard.PressAsync("e");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "heart love", Exact = true }).ClickAsync();
        await Expect(page.Page.Locator(".reaction")).ToHaveCountAsync(1);
        await page.Page.Locator(".row-message", new() { HasText = "Who waters on Sunday" }).FocusAsync();
        await page.Page.Keyboard.PressAsync("r");
        await page.SayAsync("I can, before noon 🌱");
        await page.SeeAsync("I can, before noon 🌱");
        await stage.InterruptAsync();
        await Expect(page.Page.Locator(".count.is-mention")).ToHaveCountAsync(2);
        await page.Page.Mouse.MoveAsync(0, 0);
        await PictureAsync(page, name);
        Assert.False(await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"), "it is wider than the screen");
        if (device.IsMobile == true)
        {
            await page.Page.Locator("#rooms-open").TapAsync();
            await Expect(page.Page.Locator("#room-list")).ToBeInViewportAsync(new() { Ratio = 1 });
            await PictureAsync(page, name + "-rooms");
            await page.Page.Locator("#rooms .room-open").Last.TapAsync();
            await Expect(page.Room).ToHaveTextAsync("#main");
            await Expect(page.Page.Locator("#room-list")).Not.ToBeInViewportAsync();
        }

        page.HasNoFaults();
        return await page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
    }

    private async Task SetTopicAsync(PageServer server)
    {
        await using var host = await ChatPage.OpenAsync(chromium, server, "#garden");
        await host.SayAsync("/topic Allotment 12: beds, bees and the shared shed");
        await Expect(host.Page.Locator("#topic")).Not.ToBeEmptyAsync();
    }

    private static async Task<Stage> PlayAsync(PageServer server)
    {
        var ann = await server.EnterLinesAsync("Ann");
        var bo = await server.EnterLinesAsync("Bo");
        var cleo = await server.EnterLinesAsync("Cleo");
        foreach (var client in new[] { ann, bo, cleo })
        {
            await client.SendLineAsync("/join garden");
            await client.ReadUntilAsync("You joined garden");
        }

        await SayAsync(ann, "Ann", "Morning! Seedlings are on the bench by the door, please take some home.");
        await SayAsync(ann, "Ann", "There are beans, chard and far too many tomatoes 🍅");
        await SayAsync(bo, "Bo", "Lovely. I fixed the tap: `quarter turn` is enough now.");
        await SayAsync(cleo, "Cleo", "The plan for the beds is at https://garden.example/plan (last page)");
        await SayAsync(ann, "Ann", "Who waters on Sunday?");
        await SayAsync(bo, "Bo", "Not me, but Marigold said she might");
        await SayAsync(cleo, "Cleo", "Count me in");
        return new Stage(ann, bo, cleo);
    }

    private static async Task SayAsync(ScriptedClient client, string name, string text)
    {
        await client.SendLineAsync(text);
        await client.ReadUntilAsync($"{name}: {text}");
    }

    private static async Task PictureAsync(ChatPage page, string name)
    {
        if (Folder is not null)
        {
            await page.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
        }
    }

    /// <summary>Those who are in the picture.</summary>
    private sealed class Stage(ScriptedClient ann, ScriptedClient bo, ScriptedClient cleo) : IAsyncDisposable
    {
        /// <summary>Something happens elsewhere.</summary>
        public async Task InterruptAsync()
        {
            await bo.SendLineAsync("/msg Marigold have you seen the big kettle?");
            await ann.SendLineAsync("/join harbour");
            await ann.ReadUntilAsync("You joined harbour");
            await SayAsync(ann, "Ann", "the ferry is late, Marigold");
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var client in new[] { ann, bo, cleo })
            {
                await client.DisposeAsync();
            }
        }
    }
}
