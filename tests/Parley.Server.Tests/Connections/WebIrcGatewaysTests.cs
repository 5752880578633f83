using System.Net;
using Parley.Server.Connections;
using Parley.Server.Options;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Connections;

public sealed class WebIrcGatewaysTests
{
    private const string Content =
        """
        # The page, then a bouncer in two places.
        192.0.2.1 hunter2

        	2001:db8::/64,198.51.100.0/24   c0rrect#horse
        192.0.2.1	second
        """;

    [Theory]
    [InlineData("192.0.2.1", "hunter2", true)]
    [InlineData("::ffff:192.0.2.1", "hunter2", true)]
    [InlineData("192.0.2.1", "second", true)]
    [InlineData("198.51.100.77", "c0rrect#horse", true)]
    [InlineData("2001:db8::9", "c0rrect#horse", true)]
    [InlineData("192.0.2.1", "c0rrect#horse", false)]
    [InlineData("192.0.2.2", "hunter2", false)]
    [InlineData("192.0.2.1", "hunter", false)]
    [InlineData("192.0.2.1", "hunter22", false)]
    [InlineData("192.0.2.1", "", false)]
    public void A_gateway_is_known_by_its_address_and_its_password_together(string address, string password, bool isGood)
        => Assert.Equal(isGood, Load(Content).TryAuthenticate(IPAddress.Parse(address), password));

    [Fact]
    public void Without_a_file_there_is_no_gateway()
    {
        Assert.False(WebIrcGateways.Load("none").TryAuthenticate(IPAddress.Loopback, ""));
        Assert.False(WebIrcGateways.Load("none").Contains(IPAddress.Loopback));
    }

    [Fact]
    public void Every_line_at_fault_is_told_and_no_password_is()
    {
        const string Bad = "192.0.2.1 hunter2\nhunter2\n192.0.2.1 hunter2 x\nnone hunter2\n192.0.2.1 :hunter2\nsomewhere hunter2";
        var errors = Assert.Throws<SettingsException>(() => Load(Bad)).Errors;
        Assert.Equal([2, 3, 4, 5, 6], errors.Select(error => int.Parse(error.Split("line ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(errors, error => Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal));
        var missing = Assert.Single(Assert.Throws<SettingsException>(() => WebIrcGateways.Load("/nowhere/gateways")).Errors);
        Assert.StartsWith("webirc: /nowhere/gateways cannot be read (", missing, StringComparison.Ordinal);
    }

    private static WebIrcGateways Load(string content)
    {
        using var file = new TemporaryFile(content);
        return WebIrcGateways.Load(file.Path);
    }
}
