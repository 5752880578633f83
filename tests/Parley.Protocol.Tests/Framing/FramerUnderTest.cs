using System.Buffers;
using Parley.Protocol.Framing;
using Parley.Protocol.Irc;

namespace Parley.Protocol.Tests.Framing;

/// <summary>Feeds a framer as a pipe would: what it leaves comes again, in front of the next bytes.</summary>
internal sealed class FramerUnderTest
{
    private readonly int _maxLineBytes;
    private readonly TryReadLine _tryRead;
    private readonly TryReadLastLine _tryReadRest;
    private readonly List<string> _results = [];
    private List<byte[]> _left = [];

    private FramerUnderTest(int maxLineBytes, TryReadLine tryRead, TryReadLastLine tryReadRest)
    {
        _maxLineBytes = maxLineBytes;
        _tryRead = tryRead;
        _tryReadRest = tryReadRest;
    }

    private delegate FrameResult TryReadLine(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> line);

    private delegate bool TryReadLastLine(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> line);

    /// <summary>The same, but for another framer in its place before each chunk, which goes on with its state, as in another process.</summary>
    public static FramerUnderTest HandedOn(int maxLineBytes, Func<ILineFramer> create)
    {
        var framer = create();
        return new FramerUnderTest(maxLineBytes, TryRead, TryReadRest);

        FrameResult TryRead(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> line)
        {
            HandOn();
            return framer.TryRead(ref input, out line);
        }

        bool TryReadRest(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> line)
        {
            HandOn();
            return framer.TryReadRest(ref input, out line);
        }

        void HandOn()
        {
            var next = create();
            next.Restore(framer.Save());
            framer = next;
        }
    }

    public static FramerUnderTest Lines(int maxLineBytes)
    {
        var framer = new LineFramer(maxLineBytes);
        return new FramerUnderTest(maxLineBytes, framer.TryRead, framer.TryReadRest);
    }

    public static FramerUnderTest Telnet(int maxLineBytes)
    {
        var framer = new TelnetLineFramer(maxLineBytes);
        return new FramerUnderTest(maxLineBytes, framer.TryRead, framer.TryReadRest);
    }

    public static FramerUnderTest Irc(int maxBodyBytes, int maxTagBytes)
    {
        var framer = new IrcFramer(maxBodyBytes, maxTagBytes);
        return new FramerUnderTest(maxTagBytes + maxBodyBytes, framer.TryRead, framer.TryReadRest);
    }

    /// <summary>The results of feeding the chunks one by one and then ending the stream; a line is <c>Line abc</c>.</summary>
    public IReadOnlyList<string> Run(params IEnumerable<byte[]> chunks)
    {
        foreach (var chunk in chunks)
        {
            Feed(chunk);
        }

        var input = Bytes.Sequence([[], .. _left]);
        if (_tryReadRest(ref input, out var rest))
        {
            _results.Add($"Rest {Bytes.Text(rest)}");
        }

        Assert.True(input.IsEmpty);
        return _results;
    }

    public IReadOnlyList<string> Run(string latin1) => Run(Bytes.Of(latin1));

    /// <summary>The results so far, the stream still open.</summary>
    public IReadOnlyList<string> Feed(string latin1)
    {
        Feed(Bytes.Of(latin1));
        return _results;
    }

    private void Feed(byte[] chunk)
    {
        // The pieces stay apart, as they do in a pipe: a line may lie across several segments.
        var input = Bytes.Sequence([.. _left, chunk]);
        FrameResult result;
        while ((result = _tryRead(ref input, out var line)) != FrameResult.Incomplete)
        {
            _results.Add(result == FrameResult.Line ? $"Line {Bytes.Text(line)}" : result.ToString());
        }

        Assert.True(input.Length <= _maxLineBytes + 1, $"{input.Length} bytes left in the input");
        _left = [];
        foreach (var piece in input)
        {
            _left.Add(piece.ToArray());
        }
    }
}
