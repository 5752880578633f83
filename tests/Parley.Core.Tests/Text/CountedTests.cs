using Parley.Core.Text;

namespace Parley.Core.Tests.Text;

public sealed class CountedTests
{
    [Theory]
    [InlineData(0, "0 messages")]
    [InlineData(1, "1 message")]
    [InlineData(2, "2 messages")]
    [InlineData(12_345, "12345 messages")]
    public void One_thing_has_no_s(long count, string text) => Assert.Equal(text, Counted.Of(count, "message"));
}
