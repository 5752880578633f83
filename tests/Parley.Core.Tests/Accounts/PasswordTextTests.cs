using Parley.Core.Accounts;

namespace Parley.Core.Tests.Accounts;

public sealed class PasswordTextTests
{
    // RFC 4013, section 3, as far as there is no NFKC in it.
    [Theory]
    [InlineData("I\u00ADX", "IX")]
    [InlineData("user", "user")]
    [InlineData("USER", "USER")]
    [InlineData("no\u00A0break\u2003em", "no break em")]
    [InlineData("z\u200Dw\uFEFFn", "zwn")]
    [InlineData(" grüße 🎉 ", " grüße 🎉 ")]
    public void A_password_becomes_the_same_however_it_was_typed(string password, string prepared)
    {
        Assert.True(PasswordText.TryPrepare(password, out var text));
        Assert.Equal(prepared, text);
        Assert.True(PasswordText.TryPrepare(text, out var again));
        Assert.Equal(text, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u00AD")]
    [InlineData("a\u0007")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\u007Fb")]
    [InlineData("a\u2028b")]
    [InlineData("a\u202Eb")]
    [InlineData("a\uE000b")]
    [InlineData("a\uFFFDb")]
    [InlineData("a\uFFFEb")]
    public void Characters_that_nobody_sees_are_refused(string password) => Assert.False(PasswordText.TryPrepare(password, out _));

    [Fact]
    public void Half_a_character_is_refused() => Assert.False(PasswordText.TryPrepare("a" + (char)0xD83C, out _));
}
