using System.Text.RegularExpressions;
using Parley.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

/// <summary>The page in the language of whoever reads it; that the tables are complete is in <c>Modules/language.js</c>.</summary>
public sealed partial class LanguageTests(Chromium chromium)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Web");

    [Theory]
    [InlineData("de-DE", "de", "ltr", "Nachricht an #main")]
    [InlineData("zh-CN", "zh-Hans", "ltr", "发消息到 #main")]
    [InlineData("es-MX", "es", "ltr", "Mensaje para #main")]
    [InlineData("fr-CA", "fr", "ltr", "Message à #main")]
    [InlineData("ja-JP", "ja", "ltr", "#main へのメッセージ")]
    [InlineData("ar-EG", "ar", "rtl", "رسالة إلى \u2068#main\u2069")]
    [InlineData("cy-GB", "en", "ltr", "Message #main")]
    public async Task It_speaks_the_language_of_the_browser(string locale, string language, string direction, string message)
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server, options: new() { Locale = locale, ViewportSize = new() { Width = 1280, Height = 800 } });

        await Expect(ann.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Expect(ann.Input).ToHaveAttributeAsync("placeholder", message);
        Assert.Equal(direction, await ann.Page.EvaluateAsync<string>("getComputedStyle(document.body).direction"));
        await ann.SayAsync("hello");
        await ann.SeeAsync("hello");
        if (language != "en")
        {
            await ann.Page.Keyboard.PressAsync("Control+/");
            var english = await ann.Page.EvaluateAsync<string[]>(
                """
                async () => {
                  const { en } = await import(document.querySelector('script').src.replace('main.js', 'language/en.js'));
                  const texts = new Set(Object.values(en).filter(text => typeof text === 'string' && text.length > 6 && !text.includes('{')));
                  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                  const found = [];
                  while (walker.nextNode()) {
                    texts.has(walker.currentNode.textContent.trim()) && !['NOSCRIPT', 'CODE'].includes(walker.currentNode.parentElement.tagName) && found.push(walker.currentNode.textContent);
                  }

                  document.querySelectorAll('[aria-label], [title]').forEach(each => ['aria-label', 'title'].forEach(name => texts.has(each.getAttribute(name)) && found.push(each.getAttribute(name))));
                  return found;
                }
                """);
            Assert.DoesNotContain(english, text => text is not ("Messages" or "Message" or "Suggestions" or "Conversation"));
        }

        ann.HasNoFaults();
    }

    [Fact]
    public async Task From_right_to_left_the_rooms_are_on_the_right_and_nothing_is_wider_than_the_screen()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server, options: new() { Locale = "ar-EG", ViewportSize = new() { Width = 1280, Height = 800 } });
        var rooms = await ann.Page.Locator("#room-list").BoundingBoxAsync();
        var people = await ann.Page.Locator("#member-list").BoundingBoxAsync();
        Assert.True(rooms!.X > people!.X);
        await ann.Page.SetViewportSizeAsync(390, 780);
        await ann.Page.Locator("#rooms-open").ClickAsync();
        await Expect(ann.Page.Locator("#room-list")).ToBeInViewportAsync(new() { Ratio = 1 });
        Assert.False(await ann.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Every_text_that_is_asked_for_is_in_the_table()
    {
        var table = await File.ReadAllTextAsync(Path.Combine(Folder, "language", "en.js"), TestContext.Current.CancellationToken);
        var keys = KeyPattern().Matches(table).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        Assert.True(keys.Count > 200);
        var asked = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Folder, "*.*", SearchOption.AllDirectories).Where(file => file.EndsWith(".js", StringComparison.Ordinal) || file.EndsWith(".html", StringComparison.Ordinal)))
        {
            asked.AddRange(AskedPattern().Matches(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Select(match => match.Groups[1].Value + match.Groups[2].Value));
        }

        Assert.True(asked.Count > 200);
        Assert.Empty(asked.Where(key => !keys.Contains(key)).Distinct(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"(?<=[\s,{])(\w+): (?=['{])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex KeyPattern();

    [GeneratedRegex(@"\b(?:t|parts)\('(\w+)'|data-(?:text|label|hint|placeholder)=""(\w+)""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex AskedPattern();
}
