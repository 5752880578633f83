using FsCheck;
using FsCheck.Fluent;
using Parley.Protocol.Tests.Framing;

namespace Parley.Protocol.Tests.Irc;

/// <summary>However the stream is cut, the lines are those of a model that sees all of it at once.</summary>
public sealed class IrcSplitTests
{
    private const int MaxBody = 6;
    private const int MaxTags = 9;

    private static readonly string[] Pieces =
        ["a", "abcdef", "abcdefg", "\r", "\n", "\r\n", "\0", " ", "@", "@a ", "@abcdefg ", "@abcdefgh ", "@abcdefg\r", ":", ";", "=", "\xFF"];

    [Fact]
    public void The_results_do_not_depend_on_how_the_input_is_split()
    {
        var inputs =
            from chosen in Gen.Elements(Pieces).ArrayOf()
            from seed in Gen.Choose(0, int.MaxValue - 1)
            select (Text: string.Concat(chosen), Seed: seed);
        Prop.ForAll(Arb.From(inputs), input =>
        {
            var bytes = Bytes.Of(input.Text);
            var expected = Model(input.Text, MaxBody, MaxTags);
            return Chunks.Some(bytes, input.Seed).All(chunks => FramerUnderTest.Irc(MaxBody, MaxTags).Run(chunks).SequenceEqual(expected));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [InlineData("abc\r\nd\n")]
    [InlineData("abcd\r\ne\n")]
    [InlineData("@ab abc\r\n@a")]
    [InlineData("@abc d\n@ab c\r")]
    [InlineData("@abc\r\n@abcd\r\n")]
    [InlineData("@abc\r a\n@ a\r\n")]
    [InlineData("@a abc\r@\n @a b\n")]
    [InlineData("@a abcd@b \n@\n\n")]
    public void Every_way_to_split_an_input_gives_the_same_results(string latin1)
    {
        var expected = Model(latin1, maxBody: 3, maxTags: 5);
        foreach (var chunks in Chunks.Every(Bytes.Of(latin1)))
        {
            Assert.Equal(expected, FramerUnderTest.Irc(3, 5).Run(chunks));
        }
    }

    private static List<string> Model(string stream, int maxBody, int maxTags)
    {
        var results = new List<string>();
        var lines = stream.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].EndsWith('\r') ? lines[i][..^1] : lines[i];
            var isEnded = i < lines.Length - 1;
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var tags = !line.StartsWith('@') ? "" : space < 0 ? line + ' ' : line[..(space + 1)];
            var body = line[Math.Min(tags.Length, line.Length)..];
            if (tags.Length > maxTags || body.Length > maxBody)
            {
                results.Add("TooLong");
            }
            else if (isEnded || line.Length > 0)
            {
                results.Add($"{(isEnded ? "Line" : "Rest")} {line}");
            }
        }

        return results;
    }
}
