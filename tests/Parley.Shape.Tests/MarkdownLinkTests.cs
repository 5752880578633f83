namespace Parley.Shape.Tests;

public sealed class MarkdownLinkTests
{
    [Fact]
    public async Task Every_link_within_the_repository_leads_somewhere()
    {
        IReadOnlyList<string>? files = await Repository.TrackedFilesAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(files is null, "this is no git checkout, or there is no git");

        Assert.Empty(files
            .Where(path => path.EndsWith(".md", StringComparison.Ordinal) && Read(path) is not null)
            .SelectMany(path => MarkdownLinks.Broken(path, Read(path)!, Read)));
    }

    [Theory]
    [InlineData("[a](gone.md)")]
    [InlineData("[a](../gone/)")]
    [InlineData("![a](image.svg)")]
    [InlineData("[a](#no-such-heading)")]
    [InlineData("[a](there.md#no-such-heading)")]
    [InlineData("[a](there.md) and [b](gone.md)")]
    public void A_link_that_leads_nowhere_is_found(string text) =>
        Assert.Single(MarkdownLinks.Broken("docs/page.md", text, Some));

    [Theory]
    [InlineData("[a](there.md)")]
    [InlineData("[a](./there.md#what-is-it-for)")]
    [InlineData("# Here, too\n[a](#here-too)")]
    [InlineData("[a](../docs/there.md)")]
    [InlineData("[a](https://example.org/gone.md)")]
    [InlineData("```text\n[a](gone.md)\n```")]
    public void A_link_that_leads_somewhere_is_allowed(string text) =>
        Assert.Empty(MarkdownLinks.Broken("docs/page.md", text, Some));

    private static string? Some(string path) => path == "docs/there.md" ? "# There\n\n## What is it for?\n" : null;

    private static string? Read(string path)
    {
        string full = Path.Combine(Repository.Root, path);
        return File.Exists(full) ? File.ReadAllText(full) : Directory.Exists(full) ? "" : null;
    }
}
