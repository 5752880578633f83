using System.Text;
using Parley.Cli.Bench;

namespace Parley.Cli.Tests.Bench;

public sealed class BenchMessageTests
{
    private static readonly byte[] Tag = "babcd"u8.ToArray();

    [Theory]
    [InlineData(0, 0, 0, BenchOptions.MinSizeBytes)]
    [InlineData(59_999, 9_999_999_999, 999_999_999_999, BenchOptions.MinSizeBytes)]
    [InlineData(12, 345, 6789, 400)]
    public void A_message_is_read_as_it_was_written_and_has_its_size(int sender, long number, long ticks, int size)
    {
        var message = new BenchMessage(sender, number, TimeSpan.FromTicks(ticks));
        byte[] text = new byte[size];
        message.Write(Tag, text);

        Assert.True(BenchMessage.TryParse(text, Tag, size, out BenchMessage read), Encoding.ASCII.GetString(text));
        Assert.Equal(message, read);
    }

    [Theory]
    [InlineData("babcd 1 2 3 xxx", true)]
    [InlineData("babce 1 2 3 xxx", false)]
    [InlineData("babcd 1 2 3 xxX", false)]
    [InlineData("babcd 1 2 3 xx", false)]
    [InlineData("babcd 1 2 3xxxx", false)]
    [InlineData("babcd 1 2 -3 xx", false)]
    [InlineData("babcd 1 2 xxxxx", false)]
    [InlineData("babcd  1 2 3 xx", false)]
    [InlineData("babcd1 2 3 xxxx", false)]
    [InlineData("hello everybody", false)]
    [InlineData("babcd 99999999999 2 3 xxx", false)]
    public void What_others_say_or_what_was_altered_is_no_message_of_the_run(string text, bool isOne) =>
        Assert.Equal(isOne, BenchMessage.TryParse(Encoding.ASCII.GetBytes(text), Tag, size: Math.Max(15, text.Length), out _));

    [Fact]
    public void Two_runs_have_two_tags_of_letters_and_digits()
    {
        byte[] one = BenchMessage.NewTag();

        Assert.Equal(BenchMessage.TagLength, one.Length);
        Assert.All(one, b => Assert.True(char.IsAsciiLetterOrDigit((char)b)));
        Assert.NotEqual(one, BenchMessage.NewTag());
    }
}
