using System.Net;
using Parley.Server.Connections;

namespace Parley.Server.Tests.Connections;

public sealed class HostCloakTests
{
    private readonly HostCloak _hosts = new();

    [Theory]
    [InlineData("2001:db8:1:1::1", "2001:db8:1:1:ffff::2", true)]
    [InlineData("2001:db8:1:1::1", "2001:db8:1:2::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("127.0.0.1", "::1", true)]
    public void What_counts_as_one_address_has_one_host(string one, string other, bool isOne)
        => Assert.Equal(isOne, _hosts.Of(IPAddress.Parse(one)) == _hosts.Of(IPAddress.Parse(other)));

    [Fact]
    public void A_host_says_nothing_of_the_address_and_is_another_after_a_restart()
    {
        var address = IPAddress.Parse("192.0.2.1");

        Assert.Matches("^[a-z2-7]{12}[.]ip$", _hosts.Of(address));
        Assert.NotEqual(_hosts.Of(address), new HostCloak().Of(address));
    }
}
