using Parley.Net.Sweep;

namespace Parley.Net.Tests.Sweep;

public sealed class TargetParserTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.1-3", "127.0.0.1 127.0.0.2 127.0.0.3")]
    [InlineData("127.0.0.7-7", "127.0.0.7")]
    [InlineData("127.0.0.255-127.0.1.1", "127.0.0.255 127.0.1.0 127.0.1.1")]
    [InlineData("255.255.255.254-255", "255.255.255.254 255.255.255.255")]
    [InlineData("127.0.0.0/30", "127.0.0.1 127.0.0.2")]
    [InlineData("127.0.0.9/30", "127.0.0.9 127.0.0.10")]
    [InlineData("127.0.0.0/31", "127.0.0.0 127.0.0.1")]
    [InlineData("127.0.0.5/32", "127.0.0.5")]
    [InlineData("::1", "::1")]
    [InlineData("[::1]", "::1")]
    [InlineData("fe80::1%1", "fe80::1%1")]
    [InlineData("fd00::/126", "fd00:: fd00::1 fd00::2 fd00::3")]
    [InlineData("::1/128", "::1")]
    [InlineData("localhost", "localhost")]
    [InlineData("db-1.example", "db-1.example")]
    [InlineData("1-2.example", "1-2.example")]
    public void A_target_stands_for_these_hosts(string text, string expected)
    {
        Assert.True(TargetParser.TryParse(text, 100, out IReadOnlyList<SweepTarget>? targets, out string? error), error);
        Assert.Equal(expected, string.Join(' ', targets.Select(target => target.Text)));
        Assert.All(targets, target => Assert.Equal(target.Address?.ToString() ?? target.Text, target.Text));
    }

    [Fact]
    public void A_network_of_254_hosts_leaves_out_its_own_address_and_its_broadcast()
    {
        Assert.True(TargetParser.TryParse("127.0.0.0/24", 254, out IReadOnlyList<SweepTarget>? targets, out string? _));
        Assert.Equal(254, targets.Count);
        Assert.Equal(("127.0.0.1", "127.0.0.254"), (targets[0].Text, targets[^1].Text));
    }

    [Theory]
    [InlineData("10.0.0.0/8", "'10.0.0.0/8' is 16777214 addresses, more than 100: give a smaller range")]
    [InlineData("10.0.0.1-10.0.0.101", "'10.0.0.1-10.0.0.101' is 101 addresses, more than 100: give a smaller range")]
    [InlineData("0.0.0.0/0", "'0.0.0.0/0' is 4294967294 addresses, more than 100: give a smaller range")]
    [InlineData("fd00::/64", "'fd00::/64' is 18446744073709551616 addresses, more than 100: give a smaller range")]
    [InlineData("::/0", "'::/0' is 340282366920938463463374607431768211455 addresses, more than 100: give a smaller range")]
    public void More_hosts_than_are_allowed_are_refused_before_they_are_spelled_out(string text, string expected)
    {
        Assert.False(TargetParser.TryParse(text, 100, out _, out string? error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("127.0.0.5-2", "is not a range: write FIRST-LAST with the smaller first, as in 127.0.0.1-40 or 127.0.0.1-127.0.1.20")]
    [InlineData("127.0.0.1-256", "is not a range: write FIRST-LAST with the smaller first, as in 127.0.0.1-40 or 127.0.0.1-127.0.1.20")]
    [InlineData("127.0.0.1-", "is not a range: write FIRST-LAST with the smaller first, as in 127.0.0.1-40 or 127.0.0.1-127.0.1.20")]
    [InlineData("127.0.0.1-2-3", "is not a range: write FIRST-LAST with the smaller first, as in 127.0.0.1-40 or 127.0.0.1-127.0.1.20")]
    [InlineData("::1-5", "is not a range: write FIRST-LAST with the smaller first, as in 127.0.0.1-40 or 127.0.0.1-127.0.1.20")]
    [InlineData("127.0.0.0/33", "is not a network: write ADDRESS/BITS, as in 127.0.0.0/28")]
    [InlineData("127.0.0.0/", "is not a network: write ADDRESS/BITS, as in 127.0.0.0/28")]
    [InlineData("127.0.0.0/8/8", "is not a network: write ADDRESS/BITS, as in 127.0.0.0/28")]
    [InlineData("name/24", "is not a network: write ADDRESS/BITS, as in 127.0.0.0/28")]
    [InlineData("", "is not a host name or an address")]
    [InlineData("42", "is not a host name or an address")]
    [InlineData("127.1", "is not a host name or an address")]
    [InlineData("a b", "is not a host name or an address")]
    [InlineData("127.0.0.256", "is not a host name or an address")]
    [InlineData("[::1]:80", "is not a host name or an address")]
    [InlineData("[[::1]]", "is not a host name or an address")]
    [InlineData("[::1", "is not a host name or an address")]
    [InlineData("localhost:80", "is not a host name or an address")]
    public void Nonsense_is_told_with_what_to_write(string text, string expected)
    {
        Assert.False(TargetParser.TryParse(text, 100, out _, out string? error));
        Assert.Equal($"'{text}' {expected}", error);
    }
}
