using Microsoft.Playwright;
using Parley.Browser.Tests.Support;
using Parley.Server.Options;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

/// <summary>
/// How the page looks, for eyes: pictures are put where <c>PARLEY_IMAGES</c> says, of which some are in <c>docs/images</c>. What
/// can be said without eyes is tested.
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

    [Fact]
    public async Task It_shows_the_way_where_no_room_is_open()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var stage = await Garden.PlantAsync(chromium, server);
        await using var page = await ChatPage.NewAsync(chromium, new() { ViewportSize = new() { Width = 1200, Height = 760 }, ColorScheme = ColorScheme.Light });
        await page.Page.AddInitScriptAsync("localStorage.getItem('parley') ?? localStorage.setItem('parley', JSON.stringify({ nick: 'Marigold' }))");
        await page.Page.GotoAsync(server.Address + "#harbour");
        await Expect(page.Page.Locator("#room-empty")).ToBeVisibleAsync();
        await LookAsync(page, "web-light-empty");
        await page.SayAsync("/part");
        await Expect(page.Page.Locator("#welcome-rooms button")).ToHaveCountAsync(1);
        await LookAsync(page, "web-light-welcome");
        page.HasNoFaults();
    }

    [Theory]
    [InlineData("web-arabic", 1200, 760)]
    [InlineData("web-arabic-phone", 390, 780)]
    public async Task It_is_read_from_right_to_left_where_one_reads_so(string name, int width, int height)
    {
        await using var server = await PageServer.StartNewAsync();
        await using var stage = await Garden.PlantAsync(chromium, server);
        await using var page = await ChatPage.NewAsync(chromium, new() { Locale = "ar-EG", ViewportSize = new() { Width = width, Height = height } });
        await page.Page.AddInitScriptAsync("localStorage.getItem('parley') ?? localStorage.setItem('parley', JSON.stringify({ nick: 'Marigold', rooms: ['#garden', '#main'] }))");
        await page.Page.GotoAsync(server.Address + "#garden");
        await page.SeeAsync("Count me in");
        await page.SayAsync("صباح الخير! سأسقي يوم الأحد قبل الظهر 🌱");
        await page.SeeAsync("صباح الخير! سأسقي يوم الأحد قبل الظهر 🌱");
        await Expect(page.Page.Locator(".code-block")).ToHaveCountAsync(1);
        await LookAsync(page, name);
        await page.Page.Locator("#room-menu").ClickAsync();
        await LookAsync(page, name + "-menu");
        await page.Page.Keyboard.PressAsync("Escape");
        await page.SayAsync("/nick");
        await Expect(page.Page.Locator("dialog h2")).ToHaveTextAsync("الإعدادات");
        await LookAsync(page, name + "-settings");
        page.HasNoFaults();
    }

    [Theory]
    [InlineData("web-files-light", ColorScheme.Light, "en-GB", 1200, 760)]
    [InlineData("web-files-dark", ColorScheme.Dark, "en-GB", 1200, 760)]
    [InlineData("web-files-phone", ColorScheme.Light, "en-GB", 390, 780)]
    [InlineData("web-files-arabic", ColorScheme.Light, "ar-EG", 1200, 760)]
    public async Task Files_and_pictures_fit_into_what_is_said(string name, ColorScheme scheme, string locale, int width, int height)
    {
        await using var server = await PageServer.StartNewAsync(options => (options.Files, options.MaxFileMegabytes) = (FilePolicy.Everyone, 1));
        await using var stage = await Garden.PlantAsync(chromium, server);
        await using var page = await ChatPage.NewAsync(chromium, new() { Locale = locale, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = height } });
        await page.Page.AddInitScriptAsync("localStorage.getItem('parley') ?? localStorage.setItem('parley', JSON.stringify({ nick: 'Marigold', rooms: ['#garden', '#main'] }))");
        await page.Page.GotoAsync(server.Address + "#garden");
        await page.SeeAsync("Count me in");
        await page.AttachAsync(FileTests.Picture("beds at dusk.png", 1500, 1000), Document("planting plan 2026.pdf", 90_000));
        await Expect(page.Page.Locator(".attachment [role=status]")).ToHaveCountAsync(2);
        await page.SayAsync("The beds last night, and the plan for spring");
        await Expect(page.Page.Locator(".file-card")).ToHaveCountAsync(1);
        await page.Page.Locator(".file-picture img").EvaluateAsync("image => image.decode()");
        await page.AttachAsync(Document("minutes.pdf", 240_000), Document("all photographs of last year.zip", 1_200_000));
        await Expect(page.Page.Locator(".attachment-error")).ToHaveCountAsync(1);
        await Expect(page.Page.Locator(".attachment [role=status]")).ToHaveCountAsync(1);
        await LookAsync(page, name);
        page.HasNoFaults();
    }

    private static FilePayload Document(string name, int bytes) => new() { Name = name, MimeType = "application/pdf", Buffer = [.. "%PDF-1.7"u8, .. new byte[bytes]] };

    private async Task<string> LookAsync(string name, BrowserNewContextOptions device)
    {
        await using var server = await PageServer.StartNewAsync();
        await using var stage = await Garden.PlantAsync(chromium, server);
        await using var page = await ChatPage.NewAsync(chromium, device);
        await page.Page.AddInitScriptAsync("localStorage.getItem('parley') ?? localStorage.setItem('parley', JSON.stringify({ nick: 'Marigold', rooms: ['#garden', '#harbour', '#main'] }))");
        await page.Page.GotoAsync(server.Address + "#garden");
        await page.SeeAsync("Count me in");
        await stage.ReactAsync(page);
        await page.Page.Mouse.MoveAsync(0, 0);
        await LookAsync(page, name);

        await stage.TypeAsync();
        await Expect(page.Page.Locator("#typing")).ToHaveTextAsync("Dot is typing…");
        await page.Page.Locator(".row-message", new() { HasText = "The plan for the beds" }).HoverAsync();
        await page.Page.Locator(".message-tools:visible").First.WaitForAsync();
        await LookAsync(page, name + "-typing");
        await LookAtDialogsAsync(page, name);
        await ScrollBackAsync(page, stage, name);
        if (device.IsMobile == true)
        {
            await page.Page.Locator("#rooms-open").TapAsync();
            await Expect(page.Page.Locator("#room-list")).ToBeInViewportAsync(new() { Ratio = 1 });
            await LookAsync(page, name + "-rooms");
            await page.Page.Locator("#rooms .room-open").First.TapAsync();
            await Expect(page.Room).ToHaveTextAsync("#garden");
            await Expect(page.Page.Locator("#room-list")).Not.ToBeInViewportAsync();
            await page.Page.Locator("#members-open").TapAsync();
            await Expect(page.Page.Locator("#member-list")).ToBeInViewportAsync(new() { Ratio = 1 });
            await LookAsync(page, name + "-people");
        }

        page.HasNoFaults();
        return await page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
    }

    private static async Task LookAtDialogsAsync(ChatPage page, string name)
    {
        foreach (var (input, title) in new[] { ("/search the", "Search"), ("/nick", "Settings"), ("/help", "Help"), ("/join", "Go to a room"), ("/login", "Account") })
        {
            await page.SayAsync(input);
            await Expect(page.Page.Locator("dialog h2")).ToHaveTextAsync(title);
            await Expect(page.Page.GetByText("Searching…")).ToHaveCountAsync(0);
            await LookAsync(page, $"{name}-{title.Split(' ')[0].ToLowerInvariant()}");
            await page.Page.Keyboard.PressAsync("Escape");
        }

        await page.Page.Locator("#emoji-button").ClickAsync();
        await LookAsync(page, name + "-emoji");
        await page.Page.Keyboard.PressAsync("Escape");
    }

    private static async Task ScrollBackAsync(ChatPage page, Garden stage, string name)
    {
        await page.SayAsync("/join #main");
        await Expect(page.Room).ToHaveTextAsync("#main");
        await page.SeeAsync("Somebody left the hose on (39)");
        await page.Page.EvaluateAsync("document.getElementById('messages').scrollTop = 200");
        await Expect(page.Page.Locator("#to-latest")).ToBeVisibleAsync();
        await stage.InterruptAsync();
        await Expect(page.Page.Locator("#to-latest-count")).ToHaveTextAsync("1 new");
        await LookAsync(page, name + "-back");
    }

    /// <summary>Takes a picture for whoever looks at it, and sees for itself what can be seen without eyes.</summary>
    private static async Task LookAsync(ChatPage page, string name)
    {
        if (Folder is not null)
        {
            await page.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
        }

        Assert.Empty(await page.Page.FaintTextsAsync());
        Assert.False(await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"), $"{name} is wider than the screen");
    }
}
