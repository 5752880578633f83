using System.Buffers;
using System.Text;
using Parley.Protocol.Irc;
using Parley.Protocol.Tests.Framing;

namespace Parley.Protocol.Tests.Irc;

/// <summary>What must hold of every stream of bytes. Any fuzzer can call it; it throws when something does not hold.</summary>
internal static class IrcFuzzTarget
{
    private static readonly IrcModeClasses Modes = new(Lists: "beI", Always: "k", WhenSet: "l", Flags: "imnpst", Prefixes: "ohv");

    /// <summary>What is left of a line is fed again with each byte, so a long stream would cost its length squared.</summary>
    private const int MaxBytesOneByOne = 600;

    public static void Run(byte[] stream, int seed)
    {
        var whole = Frame(stream);
        Assert.Equal(whole, Frame(CutAtRandom(stream, maxBytes: 700, new Random(seed))));
        if (stream.Length <= MaxBytesOneByOne)
        {
            Assert.Equal(whole, Frame(CutAtRandom(stream, maxBytes: 1, new Random(seed))));
        }

        foreach (var result in whole.Where(result => result != "TooLong"))
        {
            Line(Bytes.Of(result[(result.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
        }
    }

    private static IReadOnlyList<string> Frame(params byte[][] chunks) =>
        FramerUnderTest.Irc(IrcFramer.MaxBodyBytes, IrcFramer.MaxTagBytes).Run(chunks);

    private static void Line(byte[] line)
    {
        var body = Bytes.Written(output => output.WriteIrc(line));
        Assert.EndsWith("\r\n", body, StringComparison.Ordinal);
        Assert.True(body.AsSpan(0, body.Length - 2).IndexOfAny("\0\r\n") < 0);
        if (!IrcMessage.TryParse(line, out var message))
        {
            return;
        }

        Assert.False(message.Command.Contains((byte)' '));
        Assert.InRange(message.ParameterCount, 0, IrcMessage.MaxParameters);
        for (var i = 0; i < message.ParameterCount; i++)
        {
            Assert.True(i == message.ParameterCount - 1 || (!message[i].Contains((byte)' ') && message[i].Length > 0));
            Parameter(message[i]);
        }

        Assert.Equal(Parts(message), PartsAgain(message));
        Tags(message.Tags);
        Tags(message.Tags.ClientOnly);
        Assert.All(IrcModeParser.Parse(message, 1, Modes), change => Assert.True(change.Argument is null or [not ' ', ..]));
    }

    /// <summary>The parts of the message that is put together from the parts of this one.</summary>
    private static List<string> PartsAgain(IrcMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write("@"u8);
        output.Write(message.Tags.Raw);
        output.Write(" :"u8);
        output.Write(message.Source);
        output.Write(" "u8);
        output.Write(message.Command);
        for (var i = 0; i < message.ParameterCount; i++)
        {
            output.Write(i == message.ParameterCount - 1 ? " :"u8 : " "u8);
            output.Write(message[i]);
        }

        Assert.True(IrcMessage.TryParse(output.WrittenSpan, out var again));
        return Parts(again);
    }

    private static List<string> Parts(IrcMessage message)
    {
        var parts = new List<string> { Latin1(message.Tags.Raw), Latin1(message.Source), Latin1(message.Command) };
        for (var i = 0; i < message.ParameterCount; i++)
        {
            parts.Add(Latin1(message[i]));
        }

        return parts;
    }

    private static void Tags(IrcTags tags)
    {
        var keys = new HashSet<string>();
        foreach (var tag in tags)
        {
            Assert.True(keys.Add(Latin1(tag.Key)), "A key comes once.");
            Assert.True(tags.TryGet(tag.Key, out var value) && value.SequenceEqual(tag.RawValue));
            var raw = new ArrayBufferWriter<byte>();
            IrcTagValue.Escape(IrcTagValue.Unescape(tag.RawValue), raw);
            Assert.Equal(
                IrcTagValue.Unescape(tag.RawValue).Replace("\0", "", StringComparison.Ordinal), IrcTagValue.Unescape(raw.WrittenSpan));
        }
    }

    private static void Parameter(ReadOnlySpan<byte> parameter)
    {
        _ = IrcServerTime.TryParse(parameter, out _);
        _ = IrcText.TryParseAction(parameter, out _);
        Assert.True(IrcTarget.Parse(parameter, "@%+"u8) is var target && target.Status.Length + target.Name.Length == parameter.Length);

        var items = new List<string>();
        foreach (var item in IrcText.Places(parameter))
        {
            items.Add(Latin1(item));
        }

        Assert.Equal(Latin1(parameter), string.Join(',', items));

        var pieces = "";
        foreach (var piece in IrcText.Split(parameter, 10))
        {
            Assert.InRange(piece.Length, 1, 10);
            pieces += Latin1(piece);
        }

        Assert.Equal(Latin1(parameter), pieces);

        var text = Encoding.UTF8.GetString(parameter);
        var mask = IrcMask.Normalize(text);
        Assert.Equal(mask, IrcMask.Normalize(mask));
    }

    private static byte[][] CutAtRandom(byte[] stream, int maxBytes, Random random)
    {
        var chunks = new List<byte[]>();
        for (var start = 0; start < stream.Length;)
        {
            var end = Math.Min(stream.Length, start + random.Next(1, maxBytes + 1));
            chunks.Add(stream[start..end]);
            start = end;
        }

        return [.. chunks];
    }

    private static string Latin1(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
