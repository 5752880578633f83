using Microsoft.AspNetCore.Http;
using Parley.Server.Http;
using Parley.Server.Options;
using Parley.Server.WebSockets;

namespace Parley.Server.Tests.Connections;

public sealed class OriginRuleTests
{
    [Theory]
    [InlineData("http", "chat.example", "http://chat.example", true)]
    [InlineData("http", "chat.example", "https://chat.example", true)]
    [InlineData("http", "chat.example:443", "https://chat.example", true)]
    [InlineData("http", "chat.example:80", "http://chat.example", true)]
    [InlineData("http", "chat.example", "https://chat.example:443", true)]
    [InlineData("http", "CHAT.example", "https://chat.EXAMPLE", true)]
    [InlineData("http", "chat.example:22081", "http://chat.example:22081", true)]
    [InlineData("http", "[::1]:8080", "http://[::1]:8080", true)]
    [InlineData("https", "chat.example", "https://chat.example", true)]
    [InlineData("http", "chat.example", "http://chat.example:22081", false)]
    [InlineData("http", "chat.example:443", "http://chat.example", false)]
    [InlineData("http", "chat.example", "https://other.example", false)]
    [InlineData("http", "chat.example", "https://chat.example.other", false)]
    [InlineData("https", "chat.example", "http://chat.example:443", false)]
    [InlineData("http", "chat.example", "ftp://chat.example", false)]
    [InlineData("http", "chat.example", "null", false)]
    [InlineData("http", "", "file://", false)]
    public void A_page_is_the_servers_own_if_host_and_port_are_where_default_ports_need_not_be_named(string scheme, string host, string origin, bool expected)
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host, request.Headers.Origin) = (scheme, new HostString(host), origin);
        Assert.Equal(expected, new OriginRule(new ParleyOptions()).Allows(request));
    }
}
