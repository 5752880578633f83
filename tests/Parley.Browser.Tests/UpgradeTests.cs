using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Parley.Browser.Tests.Support;
using Parley.Server.Web;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

/// <summary>What is kept on a device never keeps a newer page from being seen.</summary>
public sealed class UpgradeTests(Chromium chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_an_upgrade_of_the_server_the_new_page_is_there_at_once_and_without_a_network_too()
    {
        var (before, after) = (new WebAssets(), Newer());
        Assert.NotEqual(before.Version, after.Version);
        await using var ann = await ChatPage.NewAsync(chromium, isKept: true);
        var page = ann.Page;
        await using var old = await ServeAsync(before, "http://127.0.0.1:0");
        var address = old.Urls.Single();
        await page.GotoAsync(address);
        await page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");
        await IsOfAsync(ann, before);
        await old.StopAsync(Token);
        await page.ReloadAsync();
        await IsOfAsync(ann, before);

        await using var newer = await ServeAsync(after, address);
        await page.ReloadAsync();
        await IsOfAsync(ann, after);
        await page.EvaluateAsync(
            """
            async version => {
              for (const end = Date.now() + 30_000; (await caches.keys()).join() !== `parley ${version}` && Date.now() < end;) {
                await new Promise(resolve => setTimeout(resolve, 20));
              }
            }
            """,
            after.Version);
        await newer.StopAsync(Token);
        await page.ReloadAsync();
        await IsOfAsync(ann, after);
        Assert.Equal("v2", await page.EvaluateAsync<string>("async () => (await import(document.querySelector('script').src.replace('main.js', 'added.js'))).default"));
    }

    [Fact]
    public async Task An_open_page_says_that_there_is_a_newer_one()
    {
        await using var ann = await ChatPage.NewAsync(chromium, isKept: true);
        await using var old = await ServeAsync(new WebAssets(), "http://127.0.0.1:0");
        var address = old.Urls.Single();
        await ann.Page.GotoAsync(address);
        await ann.Page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");
        await old.StopAsync(Token);

        await using var newer = await ServeAsync(Newer(), address);
        await ann.Page.EvaluateAsync("async () => { await (await navigator.serviceWorker.ready).update(); }");

        await Expect(ann.Page.Locator(".row-event")).ToHaveTextAsync("There is a new version of this page: reload to use it");
    }

    private static WebAssets Newer()
    {
        var files = WebAssets.ReadAll();
        files.Add("added.js", Encoding.UTF8.GetBytes("export default 'v2';"));
        return new WebAssets(files);
    }

    private static async Task<WebApplication> ServeAsync(WebAssets assets, string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address);
        var app = builder.Build();
        new WebPageEndpoint(assets).Map(app);
        await app.StartAsync(Token);
        return app;
    }

    private static Task IsOfAsync(ChatPage page, WebAssets assets)
        => Expect(page.Page.Locator("script[type=module]")).ToHaveAttributeAsync("src", $"app/{assets.Version}/main.js");
}
