using FsCheck;
using FsCheck.Fluent;
using Parley.Protocol.Framing;

namespace Parley.Protocol.Tests.Framing;

public sealed class SplitIndependenceTests
{
    private const int Max = 6;

    // 0xF0 ends a subnegotiation, 0xFA begins one, 0xFB negotiates, 0xF4 interrupts, 0xF1 means nothing.
    private static readonly string[] TelnetPieces =
    [
        "a", "b", "abcdef", "abcdefg", "\r", "\n", "\r\n", "\r\0", "\0", "\x03", "\x04", " ", "\xC3\xA9",
        "\xFF", "\xFF\xFF", "\xFF\xF1", "\xFF\xF4", "\xFF\xEC", "\xFF\xFB\x01", "\xFF\xFB\n", "\xFF\xFA", "\xFF\xF0",
        "\xFF\xFA\x18\nx\r\0\xFF\xFF\xFF\xF0", "\xF0", "\xFF\xFA" + "0123456789abcdef",
    ];

    private static readonly string[] LinePieces = ["a", "abcdef", "abcdefg", "\r", "\n", "\r\n", "\0", "\xFF"];

    [Fact]
    public void The_results_of_lines_do_not_depend_on_how_the_input_is_split() =>
        ForAllInputs(LinePieces, (input, chunks) =>
            FramerUnderTest.Lines(Max).Run(chunks).SequenceEqual(StreamModel.Lines(input, Max)));

    [Fact]
    public void The_results_of_telnet_lines_do_not_depend_on_how_the_input_is_split() =>
        ForAllInputs(TelnetPieces, (input, chunks) =>
            FramerUnderTest.Telnet(Max).Run(chunks).SequenceEqual(StreamModel.Telnet(input, Max)));

    [Fact]
    public void A_framer_that_goes_on_with_the_state_of_another_gives_the_same_results()
    {
        ForAllInputs(LinePieces, (input, chunks) =>
            FramerUnderTest.HandedOn(Max, () => new LineFramer(Max)).Run(chunks).SequenceEqual(StreamModel.Lines(input, Max)));
        ForAllInputs(TelnetPieces, (input, chunks) =>
            FramerUnderTest.HandedOn(Max, () => new TelnetLineFramer(Max)).Run(chunks).SequenceEqual(StreamModel.Telnet(input, Max)));
    }

    [Fact]
    public void What_is_no_state_of_a_framer_is_refused()
    {
        Assert.Throws<FormatException>(() => new LineFramer(Max).Restore([2]));
        Assert.Throws<FormatException>(() => new LineFramer(Max).Restore([]));
        Assert.Throws<FormatException>(() => new TelnetLineFramer(Max).Restore([0, 0, 0]));
        Assert.Throws<FormatException>(() => new TelnetLineFramer(Max).Restore([0, 0, 9, 0, 0]));
        Assert.Throws<FormatException>(() => new TelnetLineFramer(Max).Restore([0, 0, 0, 0, 0, .. new byte[Max + 2]]));
    }

    [Theory]
    [InlineData("abc\r\nd\n")]
    [InlineData("abcd\r\ne\n")]
    [InlineData("ab\xFF\xF1\r\0c\n")]
    [InlineData("a\xFF\xFA\n\xFF\xF0\x62\r\n")]
    [InlineData("abcde\xFF\xF4\x03" + "a\n")]
    [InlineData("abcdef\r\0\xFF\xFF\n")]
    [InlineData("abc\r\xFF\xF1\0de\n")]
    [InlineData("abcd\r\xFF\xF1\0de\n")]
    public void Every_way_to_split_an_input_gives_the_same_results(string latin1)
    {
        const int max = 3;
        var input = Bytes.Of(latin1);
        foreach (var chunks in Chunks.Every(input))
        {
            Assert.Equal(StreamModel.Telnet(input, max), FramerUnderTest.Telnet(max).Run(chunks));
            Assert.Equal(StreamModel.Lines(input, max), FramerUnderTest.Lines(max).Run(chunks));
        }
    }

    [Theory]
    [InlineData(508)]
    [InlineData(509)]
    [InlineData(510)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    public void A_long_subnegotiation_gives_the_same_results_however_it_is_split(int length)
    {
        foreach (var filling in (string[])["x", "\xFF\xFF", "\n"])
        {
            var repeated = string.Concat(Enumerable.Repeat(filling, length))[..length];
            var input = Bytes.Of("ab\xFF\xFA" + repeated + "\xFF\xF0" + "cd\nef\n");
            foreach (var chunks in Chunks.Some(input, seed: length))
            {
                Assert.Equal(StreamModel.Telnet(input, Max), FramerUnderTest.Telnet(Max).Run(chunks));
            }
        }
    }

    private static void ForAllInputs(string[] pieces, Func<byte[], byte[][], bool> holds)
    {
        var inputs =
            from chosen in Gen.Elements(pieces).ArrayOf()
            from seed in Gen.Choose(0, int.MaxValue - 1)
            select (Text: string.Concat(chosen), Seed: seed);
        Prop.ForAll(Arb.From(inputs), input =>
        {
            var bytes = Bytes.Of(input.Text);
            return Chunks.Some(bytes, input.Seed).All(chunks => holds(bytes, chunks));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
