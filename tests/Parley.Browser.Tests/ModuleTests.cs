using Parley.Browser.Tests.Support;

namespace Parley.Browser.Tests;

/// <summary>The tests of the page's modules, which are JavaScript and run where the page does: see the folder Modules.</summary>
public sealed class ModuleTests(Chromium chromium)
{
    [Theory]
    [InlineData("irc")]
    [InlineData("state")]
    [InlineData("history")]
    [InlineData("session")]
    [InlineData("ui")]
    public async Task Modules_do_what_their_tests_say(string part)
    {
        await using var page = await ChatPage.NewAsync(chromium);
        await page.Page.RouteAsync("http://modules.test/**", route =>
        {
            var path = new Uri(route.Request.Url).AbsolutePath;
            var file = Path.Combine(AppContext.BaseDirectory, path[1..]);
            return path.EndsWith(".js", StringComparison.Ordinal)
                ? route.FulfillAsync(new() { ContentType = "text/javascript", Path = file })
                : route.FulfillAsync(new() { ContentType = "text/html", Body = "<!doctype html>" });
        });
        await page.Page.GotoAsync("http://modules.test/");

        var result = await page.Page.EvaluateAsync<ModuleResult>(
            """
            async part => {
              await import(`/Modules/${part}.js`);
              const { runAll } = await import('/Modules/harness.js');
              return await runAll();
            }
            """,
            part);

        Assert.Empty(result.Failures);
        Assert.True(result.Count > 4);
    }

    /// <summary>What the harness says.</summary>
    internal sealed record ModuleResult
    {
        public int Count { get; init; }

        public string[] Failures { get; init; } = [];
    }
}
