using Parley.Core.Text;

namespace Parley.Core.Tests.Text;

public sealed class CountTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("007", 7)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("2147483648", int.MaxValue)]
    [InlineData("18446744073709551617", int.MaxValue)]
    [InlineData("99999999999999999999999999999999999999999", int.MaxValue)]
    public void Digits_are_a_number_and_too_many_the_largest(string text, int count) => Assert.Equal(count, CountText.Of(text));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("\u0661")]
    public void Anything_else_is_none(string text) => Assert.Null(CountText.Of(text));
}
