using Parley.Browser.Tests.Support;
using Parley.TestKit;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

public sealed class NotificationTests(Chromium chromium)
{
    private const string Watch =
        """
        window.asked = 0;
        window.shown = [];
        const ask = Notification.requestPermission.bind(Notification);
        Notification.requestPermission = () => { asked++; return ask(); };
        ServiceWorkerRegistration.prototype.showNotification = async (title, { body, data }) => { shown.push(`${title}: ${body} ${data.address}`); };
        let away = false;
        Object.defineProperty(document, 'hidden', { get: () => away });
        Object.defineProperty(document, 'visibilityState', { get: () => (away ? 'hidden' : 'visible') });
        window.look = isHere => { away = !isHere; document.dispatchEvent(new Event('visibilitychange')); };
        """;

    [Fact]
    public async Task They_come_when_one_has_asked_for_them_and_is_not_looking()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var cy = await server.EnterLinesAsync("cy");
        await using var ann = await ChatPage.NewAsync(chromium, isKept: true, notifies: true);
        var page = ann.Page;
        await page.Context.GrantPermissionsAsync(["notifications"]);
        await page.AddInitScriptAsync(Watch);
        await page.GotoAsync(server.Address.ToString());
        await Expect(ann.Room).ToHaveTextAsync("#main");
        await page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");
        var name = await ann.NameAsync();

        // Not asked for: nothing, and no question either.
        await page.EvaluateAsync("look(false)");
        await SayAsync(cy, $"{name}: one");
        await ann.SeeAsync($"{name}: one");
        Assert.Equal(0, await page.EvaluateAsync<int>("asked + shown.length"));

        await page.EvaluateAsync("look(true)");
        await page.Locator("#settings-open").ClickAsync();
        await page.GetByLabel("Notify me of mentions and direct messages").CheckAsync();
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal(1, await page.EvaluateAsync<int>("asked"));

        // Looking at it: nothing. Away: what is for one, and nothing else.
        await SayAsync(cy, $"{name}: two");
        await ann.SeeAsync($"{name}: two");
        await page.EvaluateAsync("look(false)");
        await SayAsync(cy, "for nobody");
        await SayAsync(cy, $"{name}: three");
        await cy.SendLineAsync($"/msg {name} four");
        await page.WaitForFunctionAsync("() => shown.length === 2");

        Assert.Equal([$"cy in #main: {name}: three #main", "cy: four #%40cy"], await page.EvaluateAsync<string[]>("shown"));
        ann.HasNoFaults();
    }

    private static async Task SayAsync(ScriptedClient client, string text)
    {
        await client.SendLineAsync(text);
        await client.ReadUntilAsync($"{client.Name}: {text}");
    }
}
