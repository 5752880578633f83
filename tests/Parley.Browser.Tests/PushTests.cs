using Microsoft.Playwright;
using Parley.Browser.Tests.Support;
using Parley.Server.Options;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

/// <summary>Messages that are pushed to the browser while the page is closed.</summary>
public sealed class PushTests(Chromium chromium)
{
    // The browser of the tests has no push service behind it: this stands in its place.
    private const string Subscribe =
        """
        window.subscribed = [];
        let subscription = null;
        PushManager.prototype.getSubscription = async () => subscription;
        PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
          subscribed.push(`${userVisibleOnly} ${applicationServerKey.length}`);
          return subscription = {
            endpoint: 'https://127.0.0.1:9/push/1',
            options: { applicationServerKey },
            unsubscribe: async () => { subscription = null; subscribed.push('end'); },
            toJSON: () => ({ keys: {
              p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4', auth: 'BTBZMqHH6r4Tts7J_aSIgg' } }),
          };
        };
        """;

    [Fact]
    public async Task Whoever_has_an_account_has_messages_pushed_and_no_more()
    {
        await using var server = await PageServer.StartNewAsync(options => options.PushAllow = NetworkList.TryParse("127.0.0.0/8", out var own) ? own : NetworkList.None);
        await using var ann = await ChatPage.NewAsync(chromium, isKept: true);
        await ann.Page.Context.GrantPermissionsAsync(["notifications"]);
        await ann.Page.AddInitScriptAsync(Subscribe);
        await ann.Page.GotoAsync(server.Address.ToString());
        await ann.IsOnlineAsync();
        const string Label = "Push them to this browser also while the page is closed";
        var dialog = ann.Page.GetByRole(AriaRole.Dialog);
        await ann.Page.Locator("#settings-open").ClickAsync();
        await Expect(dialog).ToBeVisibleAsync();
        await Expect(dialog.GetByLabel(Label)).ToHaveCountAsync(0);
        await ann.Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await ann.SayAsync("/quote NS REGISTER battery-staple");
        await Expect(ann.Page.Locator("#members .verified")).ToHaveCountAsync(1);

        await ann.Page.Locator("#settings-open").ClickAsync();
        await dialog.GetByLabel(Label).CheckAsync();
        await Expect(dialog.GetByLabel(Label)).ToBeCheckedAsync();
        await ann.Page.WaitForFunctionAsync("() => subscribed.length === 1 && JSON.parse(localStorage.parley).push");
        Assert.Equal(["true 65"], await ann.Page.EvaluateAsync<string[]>("subscribed"));

        await dialog.GetByLabel(Label).UncheckAsync();
        await ann.Page.WaitForFunctionAsync("() => !JSON.parse(localStorage.parley).push");
        Assert.Equal(["true 65", "end"], await ann.Page.EvaluateAsync<string[]>("subscribed"));
        await Expect(ann.Page.Locator(".row-error")).ToHaveCountAsync(0);
        ann.HasNoFaults();
    }

    [Fact]
    public async Task An_endpoint_that_the_server_does_not_take_is_told_and_nothing_is_on()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.NewAsync(chromium, isKept: true);
        await ann.Page.Context.GrantPermissionsAsync(["notifications"]);
        await ann.Page.AddInitScriptAsync(Subscribe);
        await ann.Page.GotoAsync(server.Address.ToString());
        await ann.IsOnlineAsync();
        await ann.SayAsync("/quote NS REGISTER battery-staple");
        await Expect(ann.Page.Locator("#members .verified")).ToHaveCountAsync(1);
        await ann.Page.Locator("#settings-open").ClickAsync();

        await ann.Page.GetByLabel("Push them to this browser also while the page is closed").ClickAsync();

        await Expect(ann.Page.Locator(".row-error")).ToContainTextAsync("Messages are not pushed: The endpoint has to be an https address in the public Internet");
        await Expect(ann.Page.GetByLabel("Push them to this browser also while the page is closed")).Not.ToBeCheckedAsync();
        ann.HasNoFaults();
    }

    [Fact]
    public async Task What_is_pushed_is_shown_by_the_browser_with_who_said_it_and_where()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await OpenNotifiedAsync(server);

        await DeliverAsync(ann, server, "@time=2026-06-01T12:00:00.000Z :cy!~cy@host PRIVMSG #garden :Ann: come \u0002here\u0002", ":bo!~bo@host PRIVMSG Ann :\u0001ACTION waves\u0001");

        const string Shown = "async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body, data }) => `${title}: ${body} ${data?.address}`).sort()";
        await ann.Page.WaitForFunctionAsync("async () => (await (await navigator.serviceWorker.ready).getNotifications()).length >= 2");
        Assert.Equal(["bo: waves #%40bo", "cy · #garden: Ann: come here #garden"], await ann.Page.EvaluateAsync<string[]>(Shown));
    }

    [Fact]
    public async Task What_is_pushed_of_somebody_who_is_ignored_is_not_shown_whatever_they_are_called_now()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await OpenNotifiedAsync(server, "localStorage.parley ??= JSON.stringify({ ignored: ['Old'], ignoredAccounts: { Old: 'oldie' } })");
        await ann.SayAsync("/ignore CY");
        await ann.Page.WaitForFunctionAsync("async () => (await (await caches.match('ignored'))?.json())?.nicks.includes('CY')");

        await DeliverAsync(
            ann, server, ":cy!~cy@host PRIVMSG Ann :you will hear me", "@account=oldie;msgid=a :new!~new@host PRIVMSG #garden :Ann: and me", "@account=bo :bo!~bo@host PRIVMSG Ann :hello");
        await ann.Page.WaitForFunctionAsync("async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title }) => title).join() === 'bo'");

        await ann.SayAsync("/unignore CY");
        await ann.Page.WaitForFunctionAsync("async () => !(await (await caches.match('ignored')).json()).nicks.includes('CY')");
        await DeliverAsync(ann, server, ":cy!~cy@host PRIVMSG Ann :again");
        await ann.Page.WaitForFunctionAsync("async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title }) => title).sort().join() === 'bo,cy'");
    }

    /// <summary>Somebody whose browser keeps the page and shows notifications.</summary>
    /// <param name="server">The server.</param>
    /// <param name="script">What is done ahead of the page.</param>
    private async Task<ChatPage> OpenNotifiedAsync(PageServer server, string script = ";")
    {
        var page = await ChatPage.NewAsync(chromium, isKept: true, notifies: true);
        await page.Page.Context.GrantPermissionsAsync(["notifications"]);
        await page.Page.AddInitScriptAsync(script);
        await page.Page.GotoAsync(server.Address.ToString());
        await page.IsOnlineAsync();
        await page.Page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");
        return page;
    }

    /// <summary>Has the browser deliver lines as if its push service had sent them.</summary>
    private static async Task DeliverAsync(ChatPage page, PageServer server, params string[] lines)
    {
        var worker = await page.Page.Context.NewCDPSessionAsync(page.Page);
        TaskCompletionSource<string> registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        worker.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, data) =>
        {
            if (data!.Value.GetProperty("registrations").EnumerateArray().FirstOrDefault() is { ValueKind: System.Text.Json.JsonValueKind.Object } first)
            {
                registered.TrySetResult(first.GetProperty("registrationId").GetString()!);
            }
        };
        await worker.SendAsync("ServiceWorker.enable");
        var id = await registered.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        foreach (var line in lines)
        {
            await worker.SendAsync("ServiceWorker.deliverPushMessage", new() { ["origin"] = server.Address.GetLeftPart(UriPartial.Authority), ["registrationId"] = id, ["data"] = line });
        }
    }
}
