using Parley.Core.Names;

namespace Parley.Core.Tests.Names;

public sealed class NameSkeletonTests
{
    [Theory]
    [InlineData("paypaI", "paypal")]
    [InlineData("paypa1", "PAYPAL")]
    [InlineData("modern", "modem")]
    [InlineData("B0b", "bob")]
    [InlineData("Ivan", "lvan")]
    public void Names_that_look_alike_have_one_skeleton(string one, string other) => Assert.Equal(Of(one), Of(other));

    [Theory]
    [InlineData("ivan", "lvan")]
    [InlineData("anna", "ann")]
    [InlineData("a-b", "a_b")]
    public void Names_that_do_not_have_two(string one, string other) => Assert.NotEqual(Of(one), Of(other));

    private static string Of(string name) => NameSkeleton.Of(UserName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name, nameof(name)));
}
