using System.Text;
using Parley.Server.Previews;

namespace Parley.Server.Tests.Previews;

public sealed class LinkFinderTests
{
    [Theory]
    [InlineData("see https://example.org/a?b=c#d", "https://example.org/a?b=c#d")]
    [InlineData("HTTP://EXAMPLE.ORG", "http://example.org/")]
    [InlineData("(see https://example.org/wiki/Tea_(drink)).", "https://example.org/wiki/Tea_(drink)")]
    [InlineData("**https://example.org/bold**", "https://example.org/bold")]
    [InlineData("<https://example.org/x>", "https://example.org/x")]
    [InlineData("\u0002https://example.org/x\u0002 y", "https://example.org/x")]
    [InlineData("ftp://example.org/ https://example.org/second", "https://example.org/second")]
    [InlineData("https://me:secret@example.org/ http://example.org/second", "http://example.org/second")]
    [InlineData("xhttp://example.org/ https:// https://grüße.example/ü", "https://grüße.example/ü")]
    [InlineData("line one\nhttps://example.org/two\nthree", "https://example.org/two")]
    public void The_first_link_of_the_web_is_found(string text, string link)
        => Assert.Equal(new Uri(link), LinkFinder.Find(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("")]
    [InlineData("nothing here")]
    [InlineData("://")]
    [InlineData("http://")]
    [InlineData("http:// x")]
    [InlineData("javascript://example.org/%0aalert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http:///path")]
    [InlineData("http://[::1")]
    public void Anything_else_is_no_link(string text) => Assert.Null(LinkFinder.Find(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_link_without_an_end_is_left_alone()
        => Assert.Null(LinkFinder.Find(Encoding.UTF8.GetBytes("https://example.org/" + new string('a', LinkFinder.MaxBytes))));
}
