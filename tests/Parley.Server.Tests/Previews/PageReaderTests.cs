using System.Text;
using Parley.Server.Previews;

namespace Parley.Server.Tests.Previews;

public sealed class PageReaderTests
{
    [Fact]
    public void Open_Graph_comes_before_what_HTML_has()
        => Assert.Equal(
            new LinkPreview("Shown", "Better", "Site"),
            Read("""
                <title>Plain</title><meta name="description" content="Good">
                <meta property="og:title" content="Shown"><meta property="og:description" content="Better"><meta property="og:site_name" content="Site">
                """));

    [Fact]
    public void What_HTML_has_will_do()
        => Assert.Equal(new LinkPreview("Plain & simple", "Good", "example.org"), Read("<title> Plain &amp;\n simple </title><META NAME=Description CONTENT=Good>"));

    [Theory]
    [InlineData("")]
    [InlineData("<title> </title>")]
    [InlineData("<meta property=og:description content=x>")]
    [InlineData("<body><title>In the body</title>")]
    [InlineData("\u0000\u0001\u0002")]
    public void A_page_without_a_title_has_no_preview(string page) => Assert.Null(Read(page));

    [Theory]
    [InlineData("<title><script>alert(1)</script></title>", "<script>alert(1)</script>")]
    [InlineData("<title>a\u202Eb\u0007c\u001B[31m</title>", "abc[31m")]
    [InlineData("<title>&lt;b&gt;</title>", "<b>")]
    public void A_title_is_text_and_nothing_else(string page, string title) => Assert.Equal(title, Read(page)!.Title);

    [Fact]
    public void Long_texts_are_cut_between_characters()
    {
        var read = Read($"<title>{string.Concat(Enumerable.Repeat("👍", 500))}</title><meta name=description content='{new string('x', 9999)}'>");

        Assert.Equal(string.Concat(Enumerable.Repeat("👍", 100)) + "…", read!.Title);
        Assert.Equal(401, read.Description.Length);
    }

    [Fact]
    public void The_encoding_is_the_one_that_server_or_page_say()
    {
        var latin = Encoding.Latin1.GetBytes("<title>Grüße</title>");
        Assert.Equal("Grüße", PageReader.Read(new MemoryStream(latin), "iso-8859-1", "example.org")!.Title);
        Assert.Equal("Grüße", PageReader.Read(new MemoryStream([.. "<meta charset=iso-8859-1>"u8, .. latin]), "no-such-thing", "example.org")!.Title);
        Assert.Equal("Grüße", Read("<title>Grüße</title>")!.Title);
    }

    [Fact]
    public void Elements_without_an_end_are_no_work()
        => Assert.Equal("t", Read("<title>t</title>" + string.Concat(Enumerable.Repeat("<b><a><i>", 30_000)))!.Title);

    private static LinkPreview? Read(string page) => PageReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(page)), "utf-8", "example.org");
}
