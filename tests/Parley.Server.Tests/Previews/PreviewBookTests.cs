using Parley.Server.Previews;
using Parley.TestKit;

namespace Parley.Server.Tests.Previews;

public sealed class PreviewBookTests
{
    private static readonly Uri Page = new("https://example.org/");
    private static readonly LinkPreview Preview = new("A page", "", "example.org");

    [Fact]
    public async Task A_link_is_fetched_once_for_all_messages_and_forgotten_with_the_last()
    {
        var book = new PreviewBook(() => 10);
        Assert.True(book.Add("main.1", Page));
        Assert.False(book.Add("main.2", new Uri("https://example.org/#further-down")));
        book.Found(Page, Preview);
        Assert.Equal(Preview, await FindAsync(book, "main.1"));

        book.Remove("main.1");
        Assert.False(book.TryFind("main.1", out _));
        Assert.Equal(Preview, await FindAsync(book, "main.2"));
        book.Remove("main.2");
        Assert.True(book.Add("main.3", Page));
    }

    [Fact]
    public async Task Whoever_waits_for_a_message_that_is_taken_back_waits_no_more()
    {
        var book = new PreviewBook(() => 10);
        book.Add("main.1", Page);
        Assert.True(book.TryFind("main.1", out var waiting));
        book.Remove("main.1");

        Assert.Null(await waiting.WithinSafetyAsync());
    }

    [Fact]
    public void The_oldest_are_forgotten()
    {
        var book = new PreviewBook(() => 2);
        foreach (var number in Enumerable.Range(1, 5))
        {
            book.Add($"main.{number}", new Uri($"https://example.org/{number}"));
        }

        Assert.False(book.TryFind("main.3", out _));
        Assert.True(book.TryFind("main.4", out _));
        Assert.True(book.Add("main.6", new Uri("https://example.org/1")));
    }

    private static Task<LinkPreview?> FindAsync(PreviewBook book, string message)
    {
        Assert.True(book.TryFind(message, out var finding));
        return finding.WithinSafetyAsync();
    }
}
