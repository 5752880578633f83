using System.Net;
using Parley.Server.Options;

namespace Parley.Server.Tests.Options;

public sealed class NetworkListTests
{
    [Theory]
    [InlineData("none", "none")]
    [InlineData("NONE", "none")]
    [InlineData("192.0.2.1", "192.0.2.1/32")]
    [InlineData("192.0.2.1, 2001:db8::1", "192.0.2.1/32,2001:db8::1/128")]
    [InlineData("192.0.2.77/24,2001:db8:ffff::/33", "192.0.2.0/24,2001:db8:8000::/33")]
    [InlineData("0.0.0.0/0,::/0", "0.0.0.0/0,::/0")]
    public void Networks_are_read_and_read_back(string text, string same)
    {
        Assert.True(NetworkList.TryParse(text, out var networks));
        Assert.Equal(same, networks.ToString());
        Assert.True(NetworkList.TryParse(networks.ToString(), out var again));
        Assert.Equal(same, again.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("192.0.2.1,")]
    [InlineData("192.0.2.1/33")]
    [InlineData("2001:db8::/129")]
    [InlineData("192.0.2.1/")]
    [InlineData("192.0.2.1/-1")]
    [InlineData("192.0.2.1/24/24")]
    [InlineData("10/8")]
    [InlineData("010.0.0.1")]
    [InlineData("::ffff:192.0.2.1")]
    [InlineData("[2001:db8::1]")]
    [InlineData("fe80::1%1")]
    [InlineData("example.com")]
    [InlineData("none,192.0.2.1")]
    public void Others_are_not(string text) => Assert.False(NetworkList.TryParse(text, out _));

    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.255", true)]
    [InlineData("192.0.2.0/24", "192.0.3.0", false)]
    [InlineData("192.0.2.0/24", "::ffff:192.0.2.7", true)]
    [InlineData("198.51.100.1,2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("198.51.100.1,2001:db8::/32", "2001:db9::1", false)]
    [InlineData("::/0", "192.0.2.1", false)]
    [InlineData("none", "127.0.0.1", false)]
    public void An_address_is_in_a_network_or_not(string text, string address, bool isIn)
    {
        Assert.True(NetworkList.TryParse(text, out var networks));
        Assert.Equal(isIn, networks.Contains(IPAddress.Parse(address)));
    }
}
