using Parley.Net.Resolve;

namespace Parley.Net.Tests.Resolve;

public sealed class NameQueryTests
{
    [Theory]
    [InlineData("localhost", "localhost", null)]
    [InlineData("localhost:80", "localhost", 80)]
    [InlineData("a_b.example.:65535", "a_b.example.", 65535)]
    [InlineData("127.0.0.1", "127.0.0.1", null)]
    [InlineData("127.0.0.1:1", "127.0.0.1", 1)]
    [InlineData("::1", "::1", null)]
    [InlineData("[::1]", "::1", null)]
    [InlineData("[::1]:80", "::1", 80)]
    public void A_query_is_a_name_or_address_and_perhaps_a_port(string text, string name, int? port)
    {
        Assert.True(NameQuery.TryParse(text, out NameQuery? query, out string? error), error);
        Assert.Equal(new NameQuery(name, port), query);
    }

    [Theory]
    [InlineData("", "'' is not a host name or an address")]
    [InlineData("a b", "'a b' is not a host name or an address")]
    [InlineData("a..b", "'a..b' is not a host name or an address")]
    [InlineData("80", "'80' is not a host name or an address")]
    [InlineData("1.2.3", "'1.2.3' is not a host name or an address")]
    [InlineData("1.2.3.999", "'1.2.3.999' is not a host name or an address")]
    [InlineData(":80", "'' is not a host name or an address")]
    [InlineData("a:", "'' is not a port: give a number from 1 to 65535, as in a:80")]
    [InlineData("a:http", "'http' is not a port: give a number from 1 to 65535, as in a:80")]
    [InlineData("a:0", "'0' is not a port: give a number from 1 to 65535, as in a:80")]
    [InlineData("a:65536", "'65536' is not a port: give a number from 1 to 65535, as in a:80")]
    [InlineData("[::1", "'[::1' is not an address: write NAME:PORT or [IPV6]:PORT, as in [::1]:80")]
    [InlineData("[[::1]]", "'[[::1]]' is not an address: write NAME:PORT or [IPV6]:PORT, as in [::1]:80")]
    [InlineData("[127.0.0.1]:80", "'[127.0.0.1]' is not an address: write NAME:PORT or [IPV6]:PORT, as in [::1]:80")]
    [InlineData("a:b:c", "'a:b:c' is not an address: write NAME:PORT or [IPV6]:PORT, as in [::1]:80")]
    public void Nonsense_is_told_with_what_to_write(string text, string expected)
    {
        Assert.False(NameQuery.TryParse(text, out _, out string? error));
        Assert.Equal(expected, error);
    }
}
