using System.Text;
using Parley.Browser.Tests.Support;
using Parley.Core.Text;

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
    [InlineData("language")]
    public async Task Modules_do_what_their_tests_say(string part)
    {
        await using var page = await ChatPage.NewAsync(chromium);
        await ServeModulesAsync(page);

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

    /// <summary>So that what the server finds is marked, and what is looked for without it is found.</summary>
    [Fact]
    public async Task The_page_folds_letters_as_the_servers_search_does()
    {
        string[][] pairs =
        [
            .. from value in Enumerable.Range(0x80, 0x1FFFF - 0x80)
               where Rune.IsValid(value) && Rune.IsLetterOrDigit(new Rune(value))
               let letter = new Rune(value).ToString()
               let folded = FoldedText.Of(letter)
               where folded != $" {letter}"
               select new[] { letter, folded.Trim() },
        ];
        Assert.True(pairs.Length > 4000);
        await using var page = await ChatPage.NewAsync(chromium);
        await ServeModulesAsync(page);

        var differing = await page.Page.EvaluateAsync<string[]>(
            """
            async pairs => {
              const { fold } = await import('/Web/ui/text/folding.js');
              return pairs.filter(([letter, folded]) => fold(letter) !== fold(folded)).map(([letter, folded]) => `${letter} is ${folded} on the server, and ${fold(letter)} here`);
            }
            """,
            pairs);

        Assert.Empty(differing);
    }

    private static async Task ServeModulesAsync(ChatPage page)
    {
        await page.Page.RouteAsync("http://modules.test/**", route =>
        {
            var path = new Uri(route.Request.Url).AbsolutePath;
            var file = Path.Combine(AppContext.BaseDirectory, path[1..]);
            return path.EndsWith(".js", StringComparison.Ordinal)
                ? route.FulfillAsync(new() { ContentType = "text/javascript", Path = file })
                : route.FulfillAsync(new() { ContentType = "text/html", Body = "<!doctype html>" });
        });
        await page.Page.GotoAsync("http://modules.test/");
    }

    /// <summary>What the harness says.</summary>
    internal sealed record ModuleResult
    {
        public int Count { get; init; }

        public string[] Failures { get; init; } = [];
    }
}
