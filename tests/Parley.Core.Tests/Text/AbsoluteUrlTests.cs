using Parley.Core.Text;

namespace Parley.Core.Tests.Text;

public sealed class AbsoluteUrlTests
{
    [Theory]
    [InlineData("https://example.org/", "example.org")]
    [InlineData("HTTP://127.0.0.1:8080/a?b#c", "127.0.0.1")]
    [InlineData("postgres://db/parley", "db")]
    public void A_url_with_its_scheme_is_read(string text, string host)
    {
        Assert.True(AbsoluteUrl.TryParse(text, out var url));
        Assert.Equal(host, url.Host);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("example.org")]
    [InlineData("/etc/parley")]
    [InlineData("////\u202e")]
    [InlineData("\\\\\\\\host")]
    [InlineData("://example.org")]
    [InlineData("1http://example.org")]
    [InlineData("http://")]
    public void Anything_else_is_none_and_no_exception(string? text) => Assert.False(AbsoluteUrl.TryParse(text, out _));
}
