using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Parley.Browser.Tests.Support;
using Parley.TestKit;
using static Microsoft.Playwright.Assertions;
using static Parley.Browser.Tests.Support.AccountDialog;

namespace Parley.Browser.Tests;

/// <summary>A log-out has the page forget the person at once, with its push, and the server as soon as it is reached.</summary>
public sealed class LogOutTests(Chromium chromium)
{
    private const string Owed = "Object.keys(localStorage).filter(key => key.startsWith('parley-logout '))";

    // The browser of the tests has no push service behind it: this stands in its place, and is there also after a reload.
    private const string Subscribe =
        """
        const subscriptionOf = key => key && {
          endpoint: 'https://push.example/browser',
          options: { applicationServerKey: Uint8Array.from(JSON.parse(key)) },
          unsubscribe: async () => localStorage.removeItem('own push'),
          toJSON: () => ({ keys: { p256dh: 'PUBLIC', auth: 'SECRET' } }),
        };
        PushManager.prototype.getSubscription = async () => subscriptionOf(localStorage.getItem('own push'));
        PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
          localStorage.setItem('own push', JSON.stringify([...applicationServerKey]));
          return subscriptionOf(localStorage.getItem('own push'));
        };
        """;

    [Fact]
    public async Task Whoever_logs_out_without_a_network_is_forgotten_at_once_in_all_tabs_and_logged_out_when_the_server_is_back()
    {
        using var browser = new PushDevice("https://push.example/browser");
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await OpenSubscribedAsync(server, browser);
        var name = await ann.NameAsync();
        await ann.SayAsync("for us alone");
        await ann.Page.WaitForFunctionAsync("() => localStorage.getItem('parley kept #main') !== null");
        var token = await TokenAsync(ann);
        var tab = await ann.Page.Context.NewPageAsync();
        await tab.GotoAsync(server.Address.ToString());
        await Expect(tab.Locator("body[data-parts=all]")).ToHaveAttributeAsync("data-connection", "online");
        await tab.EvaluateAsync("document.body.dataset.before = 'yes'");
        await server.StopAsync();
        await ann.IsOfflineAsync();
        await ann.SayAsync("never sent");

        await LogOutAsync(ann, await OpenAsync(ann), isOnline: false);

        await Expect(tab.Locator("body")).Not.ToHaveAttributeAsync("data-before", "yes");
        foreach (var page in new[] { ann.Page, tab })
        {
            await Expect(page.Locator("body")).ToHaveAttributeAsync("data-connection", "offline");
            Assert.DoesNotContain(name, await page.ContentAsync(), StringComparison.Ordinal);
            Assert.DoesNotContain("for us alone", await page.ContentAsync(), StringComparison.Ordinal);
        }

        var kept = await ann.Page.EvaluateAsync<string>("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)");
        Assert.DoesNotContain(name, kept, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(token.Split('.')[^1], kept, StringComparison.Ordinal);
        Assert.DoesNotContain("own push", kept, StringComparison.Ordinal);
        Assert.Single(await ann.Page.EvaluateAsync<string[]>(Owed));

        await ann.Page.ReloadAsync();
        await server.StartAsync();
        await ann.IsOnlineAsync();
        await ann.Page.WaitForFunctionAsync($"() => {Owed}.length === 0");
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(server, "devices", token));
        await Expect(ann.Page.Locator("#members .verified")).ToHaveCountAsync(0);
        ann.HasNoFaults("WebSocket connection", "ERR_CONNECTION_REFUSED", "Failed to fetch", "ServiceWorker");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_log_out_that_the_server_could_not_take_is_carried_out_at_the_next_visit_or_was_elsewhere(bool isGone)
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await RegisterAsync(ann);
        await ann.SayAsync("for us alone");
        await ann.Page.WaitForFunctionAsync("() => localStorage.getItem('parley kept #main') !== null");
        var token = await TokenAsync(ann);
        var atOnce = "";
        await ann.Page.RouteAsync("**/account/logout", async route =>
        {
            // Nothing is kept any more while the server thinks it over.
            atOnce += await ann.Page.EvaluateAsync<string>("Object.keys(localStorage).filter(key => key === 'parley-login' || key.startsWith('parley ')).join()");
            await route.FulfillAsync(new() { Status = 503, ContentType = "application/json", Body = "{}" });
        });

        await LogOutAsync(ann, await OpenAsync(ann));

        Assert.Equal("", atOnce);
        Assert.Single(await ann.Page.EvaluateAsync<string[]>(Owed));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, isGone ? "logout" : "devices", token));
        await ann.Page.UnrouteAllAsync();
        await ann.Page.ReloadAsync();
        await ann.Page.WaitForFunctionAsync($"() => {Owed}.length === 0");
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(server, "devices", token));
        ann.HasNoFaults("503");
    }

    /// <summary>Somebody with an account, in a browser that keeps the page and that messages are pushed to.</summary>
    private async Task<ChatPage> OpenSubscribedAsync(PageServer server, PushDevice browser)
    {
        var page = await ChatPage.NewAsync(chromium, isKept: true);
        await page.Page.Context.GrantPermissionsAsync(["notifications"]);
        await page.Page.Context.AddInitScriptAsync(Subscribe.Replace("PUBLIC", browser.PublicKey, StringComparison.Ordinal).Replace("SECRET", browser.Secret, StringComparison.Ordinal));
        await page.Page.GotoAsync(server.Address.ToString());
        await page.IsOnlineAsync();
        await RegisterAsync(page);
        await page.Page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");
        await page.Page.Locator("#settings-open").ClickAsync();
        var push = page.Page.GetByLabel("Push them to this browser also while the page is closed");
        await push.CheckAsync();
        await page.Page.WaitForFunctionAsync("() => JSON.parse(localStorage.parley).push");
        await Expect(push).ToBeCheckedAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page.Page.Locator("dialog")).ToHaveCountAsync(0);
        return page;
    }

    private static Task<string> TokenAsync(ChatPage page) => page.Page.EvaluateAsync<string>("JSON.parse(localStorage.getItem('parley-login')).token");

    private static async Task<HttpStatusCode> AskAsync(PageServer server, string step, string token)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var answer = await http.PostAsJsonAsync($"account/{step}", new JsonObject(), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
