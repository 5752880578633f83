using Parley.Cli.Chat;

namespace Parley.Cli.Tests.Chat;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:42069", "127.0.0.1", 42069, "127.0.0.1:42069")]
    [InlineData("127.0.0.1", "127.0.0.1", 7, "127.0.0.1:7")]
    [InlineData("localhost", "localhost", 7, "localhost:7")]
    [InlineData("chat.example.com:1", "chat.example.com", 1, "chat.example.com:1")]
    [InlineData("chat_1:65535", "chat_1", 65535, "chat_1:65535")]
    [InlineData("[::1]:42069", "::1", 42069, "[::1]:42069")]
    [InlineData("[::1]", "::1", 7, "[::1]:7")]
    [InlineData("::1", "::1", 7, "[::1]:7")]
    [InlineData("fe80::1%1", "fe80::1%1", 7, "[fe80::1%1]:7")]
    public void An_address_is_read_as_people_write_it(string text, string host, int port, string written)
    {
        Assert.True(ServerAddress.TryParse(text, defaultPort: 7, out ServerAddress? address, out string? error), error);
        Assert.Equal(new ServerAddress(host, port), address);
        Assert.Equal(written, address.ToString());
    }

    [Theory]
    [InlineData("", "'' has no host: write 127.0.0.1:7")]
    [InlineData(":99", "':99' has no host: write 127.0.0.1:7")]
    [InlineData("42069", "'42069' has no host: write 127.0.0.1:42069")]
    [InlineData("host:", "'' is not a port: give a number from 1 to 65535, as in 127.0.0.1:7")]
    [InlineData("host:0", "'0' is not a port: give a number from 1 to 65535, as in 127.0.0.1:7")]
    [InlineData("host:65536", "'65536' is not a port: give a number from 1 to 65535, as in 127.0.0.1:7")]
    [InlineData("host:-1", "'-1' is not a port: give a number from 1 to 65535, as in 127.0.0.1:7")]
    [InlineData("host:99999999999", "'99999999999' is not a port: give a number from 1 to 65535, as in 127.0.0.1:7")]
    [InlineData("[::1", "'[::1' is not an address: write HOST:PORT or [IPV6]:PORT, as in [::1]:7")]
    [InlineData("[::1]x", "'[::1]x' is not an address: write HOST:PORT or [IPV6]:PORT, as in [::1]:7")]
    [InlineData("[::1]::5", "'[::1]::5' is not an address: write HOST:PORT or [IPV6]:PORT, as in [::1]:7")]
    [InlineData("[[::1]]", "'[[::1]]' is not an address: write HOST:PORT or [IPV6]:PORT, as in [::1]:7")]
    [InlineData("[host]:1", "'[host]:1' is not an address: write HOST:PORT or [IPV6]:PORT, as in [::1]:7")]
    [InlineData("a:b:c", "'a:b:c' is not an address: write HOST:PORT or [IPV6]:PORT, as in [::1]:7")]
    [InlineData("--bogus", "Unknown option '--bogus'")]
    [InlineData("two words", "'two words' is not a host name or an address")]
    [InlineData("tcp/host", "'tcp/host' is not a host name or an address")]
    public void What_is_no_address_is_told_with_what_to_write(string text, string expected)
    {
        Assert.False(ServerAddress.TryParse(text, defaultPort: 7, out ServerAddress? address, out string? error));
        Assert.Null(address);
        Assert.Equal(expected, error);
    }
}
