using Parley.Server.Options;

namespace Parley.Server.Tests.Options;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:42069", "127.0.0.1:42069")]
    [InlineData("0.0.0.0:1", "0.0.0.0:1")]
    [InlineData("localhost:80", "127.0.0.1:80")]
    [InlineData("42069", "127.0.0.1:42069")]
    [InlineData("0", "127.0.0.1:0")]
    [InlineData("*:80", "*:80")]
    [InlineData("[::1]:80", "[::1]:80")]
    [InlineData("[::]:80", "*:80")]
    [InlineData("off", "off")]
    [InlineData("OFF", "off")]
    public void Addresses_are_read_and_read_back(string text, string same)
    {
        Assert.True(ListenAddress.TryParse(text, out var address));
        Assert.Equal(same, address.ToString());
        Assert.True(ListenAddress.TryParse(address.ToString(), out var again));
        Assert.Equal(address, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":80")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("127.0.0.1: 80")]
    [InlineData("::1:80")]
    [InlineData("[127.0.0.1]:80")]
    [InlineData("[::1]")]
    [InlineData("example.com:80")]
    [InlineData("1:80")]
    [InlineData("127.1:80")]
    public void Others_are_not(string text) => Assert.False(ListenAddress.TryParse(text, out _));
}
