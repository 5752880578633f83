using Parley.Protocol.Irc;

namespace Parley.Protocol.Tests.Irc;

/// <summary>https://modern.ircdocs.horse/#wildcard-expressions</summary>
public sealed class IrcMaskTests
{
    [Theory]
    [InlineData("ana", "ana!*@*")]
    [InlineData("a@b", "*!a@b")]
    [InlineData("ana!a", "ana!a@*")]
    [InlineData("ana!a@b", "ana!a@b")]
    [InlineData("!@", "*!*@*")]
    [InlineData("", "*!*@*")]
    [InlineData("*", "*!*@*")]
    [InlineData("**!***@**.x", "*!*@*.x")]
    [InlineData("a!@b", "a!*@b")]
    [InlineData("*.example.com", "*!*@*.example.com")]
    [InlineData("2001:db8::1", "*!*@2001:db8::1")]
    [InlineData("a@b!c", "a@b!c@*")]
    [InlineData(@"\***a", @"\**a!*@*")]
    public void Missing_parts_of_a_mask_are_stars(string mask, string expected)
    {
        Assert.Equal(expected, IrcMask.Normalize(mask));
        Assert.Equal(expected, IrcMask.Normalize(expected));
    }
}
