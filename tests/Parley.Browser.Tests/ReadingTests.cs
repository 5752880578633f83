using Microsoft.Playwright;
using Parley.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

/// <summary>Finding one's place in what was said, and keeping it.</summary>
public sealed class ReadingTests(Chromium chromium)
{
    [Fact]
    public async Task What_is_read_on_one_device_of_an_account_is_read_on_the_other()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var desk = await ChatPage.OpenAsync(chromium, server);
        var name = await desk.NameAsync();
        await LogInAsync(desk, name, "Create account");
        await using var phone = await ChatPage.OpenAsync(chromium, server, options: new() { ViewportSize = new() { Width = 390, Height = 780 } });
        await LogInAsync(phone, name, "Log in");
        foreach (var device in new[] { desk, phone })
        {
            foreach (var room in new[] { "#garden", "#main" })
            {
                await device.SayAsync("/join " + room);
                await Expect(device.Room).ToHaveTextAsync(room);
            }
        }

        await using var bob = await ChatPage.OpenAsync(chromium, server, "#garden");
        await bob.SayAsync("one");
        await bob.SayAsync("two");
        await Expect(CountIn(desk)).ToHaveTextAsync("2");
        await Expect(CountIn(phone)).ToHaveTextAsync("2");
        await phone.SayAsync("/join #garden");
        await phone.SeeAsync("two");

        await Expect(CountIn(desk)).ToHaveCountAsync(0);
        await Expect(CountIn(phone)).ToHaveCountAsync(0);
        desk.HasNoFaults();

        static ILocator CountIn(ChatPage device) => device.Page.Locator("[data-room='#garden'] .count");

        static async Task LogInAsync(ChatPage device, string name, string button)
        {
            await device.SayAsync("/login");
            var dialog = device.Page.Locator("dialog");
            await dialog.GetByLabel("Account").FillAsync(name);
            await dialog.GetByLabel("Password").FillAsync("correct horse battery");
            await dialog.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
            await Expect(dialog).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task Compact_messages_take_less_room_from_then_on_and_no_line_is_too_long_to_read()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server, options: new() { ViewportSize = new() { Width = 2400, Height = 900 } });
        var words = string.Join(' ', Enumerable.Repeat("word", 70));
        await ann.SayAsync(words);
        await ann.SeeAsync(words);
        var text = await ann.Messages.Locator("p").BoundingBoxAsync();
        Assert.InRange(text!.Width, 1, 46 * 16);
        var height = await HeightAsync();

        await ann.SayAsync("/nick");
        await ann.Page.GetByLabel("Compact messages").CheckAsync();
        await ann.Page.Keyboard.PressAsync("Escape");
        Assert.True(await HeightAsync() < height);
        await ann.Page.ReloadAsync();
        await ann.SeeAsync(words);
        Assert.True(await HeightAsync() < height);
        ann.HasNoFaults();

        Task<double> HeightAsync() => ann.Page.EvaluateAsync<double>("document.querySelector('.row-message').getBoundingClientRect().height");
    }

    private const string TopMessage =
        """
        () => {
          const top = document.getElementById('messages').getBoundingClientRect().top;
          return [...document.querySelectorAll('.row-message')].find(row => row.getBoundingClientRect().bottom > top).dataset.key;
        }
        """;

    [Theory]
    [InlineData("en-US")]
    [InlineData("en-GB")]
    [InlineData("ar-EG")]
    public async Task Times_of_messages_that_are_put_together_are_beside_the_text_and_not_on_it(string locale)
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.NewAsync(chromium, new() { Locale = locale });
        var played = await PlayedServer.BehindAsync(ann);
        await ann.Page.GotoAsync(server.Address.ToString());
        await Expect(ann.Room).ToHaveTextAsync("#main");
        played.Send(":bea!u@h PRIVMSG #main :one", ":bea!u@h PRIVMSG #main :two");
        await ann.SeeAsync("two");

        var isApart = await ann.Page.EvaluateAsync<bool>(
            """
            () => {
              const row = document.querySelector('.is-grouped');
              const range = document.createRange();
              range.selectNodeContents(row.querySelector('time'));
              const [time, text] = [range.getBoundingClientRect(), row.querySelector('.message-text').getBoundingClientRect()];
              return time.width > 0 && (time.right <= text.left || time.left >= text.right);
            }
            """);
        Assert.True(isApart);
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Turning_the_phone_keeps_the_message_at_the_top()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var cy = await server.EnterLinesAsync("cy");
        await cy.SendLinesAsync([.. Enumerable.Range(0, 200).Select(n => $"number {n} {string.Concat(Enumerable.Repeat("and more ", n % 17))}")]);
        await cy.SendLineAsync("last");
        await cy.ReadUntilAsync("cy: last");
        await using var ann = await ChatPage.OpenAsync(chromium, server, options: new() { ViewportSize = new() { Width = 390, Height = 780 }, IsMobile = true, HasTouch = true });
        await ann.SeeAsync("last");
        await ann.Page.EvaluateAsync("document.getElementById('messages').scrollTop -= 3000");
        await Expect(ann.Page.Locator("#to-latest")).ToBeVisibleAsync();
        var before = await ann.Page.EvaluateAsync<string>(TopMessage);

        await ann.Page.SetViewportSizeAsync(780, 390);
        await ann.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        Assert.Equal(before, await ann.Page.EvaluateAsync<string>(TopMessage));
        await ann.Page.SetViewportSizeAsync(390, 780);
        await ann.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        Assert.Equal(before, await ann.Page.EvaluateAsync<string>(TopMessage));
        ann.HasNoFaults();
    }

    [Theory]
    [InlineData(0.6)]
    [InlineData(0.7)]
    public async Task Turning_the_phone_near_the_end_keeps_the_message_at_the_top(double position)
    {
        await using var server = await PageServer.StartNewAsync();
        await using var cy = await server.EnterLinesAsync("cy");
        await cy.SendLinesAsync([.. Enumerable.Range(0, 89).Select(n => $"number {n} {string.Concat(Enumerable.Repeat("and more ", n * 7 % 31))}")]);
        await cy.SendLineAsync("last");
        await cy.ReadUntilAsync("cy: last");
        await using var ann = await ChatPage.OpenAsync(chromium, server, options: new() { ViewportSize = new() { Width = 390, Height = 844 }, IsMobile = true, HasTouch = true });
        await ann.SeeAsync("last");
        await ann.Page.EvaluateAsync("position => { const view = document.getElementById('messages'); view.scrollTop = position * (view.scrollHeight - view.clientHeight); }", position);
        await Expect(ann.Page.Locator("#to-latest")).ToBeVisibleAsync();
        await ann.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        var before = await ann.Page.EvaluateAsync<string>(TopMessage);

        foreach (var (width, height) in new[] { (844, 390), (390, 844), (1100, 700), (390, 844) })
        {
            await ann.Page.SetViewportSizeAsync(width, height);
            await ann.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            Assert.Equal(before, await ann.Page.EvaluateAsync<string>(TopMessage));
            await Expect(ann.Page.Locator("#to-latest")).ToBeVisibleAsync();
        }

        ann.HasNoFaults();
    }

    [Fact]
    public async Task Who_comes_back_to_many_new_messages_gets_to_the_first_of_them_by_a_press()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var cy = await server.EnterLinesAsync("cy");
        await cy.SendLineAsync("known");
        await cy.ReadUntilAsync("cy: known");
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.SeeAsync("known");
        await ann.SayAsync("/join #garden");
        await Expect(ann.Room).ToHaveTextAsync("#garden");
        await cy.SendLinesAsync([.. Enumerable.Range(0, 35).Select(n => $"number {n}")]);
        await cy.ReadUntilAsync("cy: number 34");
        await Expect(ann.Page.Locator("#rooms .count")).ToHaveTextAsync("35");

        await ann.Page.Keyboard.PressAsync("Alt+ArrowDown");

        var jump = ann.Page.Locator("#unread-jump");
        await Expect(jump).ToContainTextAsync("35 new since");
        await jump.ClickAsync();
        await Expect(ann.Page.Locator(".row-new")).ToBeInViewportAsync();
        await Expect(ann.Messages.GetByText("number 0", new() { Exact = true })).ToBeInViewportAsync();
        await Expect(ann.Page.Locator("#unread-bar")).ToBeHiddenAsync();
        ann.HasNoFaults();
    }

    [Fact]
    public async Task What_is_new_since_the_last_visit_has_a_line_and_a_way_to_it_however_far_back_it_begins()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var cy = await server.EnterLinesAsync("cy");
        await cy.SendLineAsync("known");
        await cy.ReadUntilAsync("cy: known");
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.SeeAsync("known");
        await ann.Page.GotoAsync("about:blank");
        await cy.SendLinesAsync([.. Enumerable.Range(0, 250).Select(n => $"number {n}")]);
        await cy.ReadUntilAsync("cy: number 249");

        await ann.Page.GotoAsync(server.Address.ToString());

        await ann.Page.Locator("#unread-jump").ClickAsync();
        await Expect(ann.Messages.GetByText("number 0", new() { Exact = true })).ToBeInViewportAsync();
        await Expect(ann.Page.Locator(".row-new")).ToHaveCountAsync(1);
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Many_reactions_do_not_end_scrolling_back()
    {
        await using var server = await PageServer.StartNewAsync(options => options.HistoryPage = 10);
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        for (var n = 0; n < 5; n++)
        {
            await ann.SayAsync($"early {n}");
            await ann.SeeAsync($"early {n}");
        }

        await ann.Page.Locator(".row-message").First.FocusAsync();
        for (var n = 0; n < 12; n++)
        {
            await ann.Page.Locator(".row-message").First.FocusAsync();
            await ann.Page.Keyboard.PressAsync("e");
            await ann.Page.Locator(".emoji-grid button").Nth(n).ClickAsync();
            await Expect(ann.Page.Locator(".reaction")).ToHaveCountAsync(n + 1);
        }

        await ann.SayAsync("late");
        await ann.SeeAsync("late");
        await using var bob = await ChatPage.OpenAsync(chromium, server);

        await Expect(bob.Messages).ToHaveTextAsync([.. Enumerable.Range(0, 5).Select(n => $"early {n}"), "late"]);
        await Expect(bob.Page.Locator(".reaction")).ToHaveCountAsync(12);
        bob.HasNoFaults();
    }

    [Fact]
    public async Task A_link_to_a_message_leads_to_it()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var cy = await server.EnterLinesAsync("cy");
        await cy.SendLinesAsync([.. Enumerable.Range(0, 300).Select(n => $"number {n}")]);
        await cy.ReadUntilAsync("cy: number 299");
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await ann.ScrollUpToAsync("number 20");
        await ann.Messages.GetByText("number 20", new() { Exact = true }).ClickAsync(new() { Button = MouseButton.Right });
        await ann.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Copy link" }).ClickAsync();
        await Expect(ann.Page.Locator(".toast")).ToHaveTextAsync("Link copied");
        var link = await ann.Page.EvaluateAsync<string>("navigator.clipboard.readText()");

        await using var bob = await ChatPage.NewAsync(chromium);
        await bob.Page.GotoAsync(link);

        await Expect(bob.Messages.GetByText("number 20", new() { Exact = true })).ToBeInViewportAsync();
        await Expect(bob.Page.Locator(".row-message:focus")).ToContainTextAsync("number 20");
        bob.HasNoFaults();
    }

    [Fact]
    public async Task Only_ones_own_name_is_marked_and_what_is_no_address_is_no_link()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.NewAsync(chromium);
        var played = await PlayedServer.BehindAsync(ann);
        await ann.Page.GotoAsync(server.Address.ToString());
        await Expect(ann.Room).ToHaveTextAsync("#main");

        played.Send(":bea!u@h PRIVMSG #main :me and memory, https://... or https://a.example/.", ":bea!u@h TOPIC #main :for me and you");

        await Expect(ann.Page.Locator(".message-text mark")).ToHaveTextAsync(["me"]);
        await Expect(ann.Page.Locator(".message-text a")).ToHaveTextAsync(["https://a.example/"]);
        var colours = await ann.Page.Locator("mark").EvaluateAllAsync<string[]>("marks => marks.map(mark => getComputedStyle(mark).backgroundColor)");
        Assert.Equal(2, colours.Length);
        Assert.Single(colours.Distinct(StringComparer.Ordinal));
        Assert.DoesNotContain("rgb(255, 255, 0)", colours);
        ann.HasNoFaults();
    }
}
