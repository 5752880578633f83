using System.Buffers;
using System.Text;
using Parley.Protocol.Framing;
using Parley.Protocol.Irc;
using Parley.Protocol.WebSockets;
using Parley.Server.Transport.Proxy;

namespace Parley.Fuzz.Targets;

/// <summary>Framers and headers: a stream says the same however it is cut into packets.</summary>
internal static class FramingTargets
{
    private const int MaxLineBytes = 40;

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("frame-lines", input => IsIndependentOfCuts(input, () => new LineFramer(MaxLineBytes)), typeof(LineFramer), typeof(LineFeedFramer)),
        new("frame-telnet", input => IsIndependentOfCuts(input, () => new TelnetLineFramer(MaxLineBytes)), typeof(TelnetLineFramer), typeof(TelnetCommandParser)),
        new("frame-irc", input => IsIndependentOfCuts(input, () => new IrcFramer(MaxLineBytes, MaxLineBytes)), typeof(IrcFramer)),
        new("frame-websocket", WebSocket, typeof(WebSocketLineFramer)),
        new("proxy", Proxy, typeof(ProxyHeaderParser), typeof(ProxyHeaderV1Parser), typeof(ProxyHeaderV2Parser)),
    ];

    private static void WebSocket(ReadOnlyMemory<byte> input) => IsIndependentOfCuts(
        input, () => new WebSocketLineFramer(WebSocketOpcode.Text, MaxLineBytes, new LineFramer(MaxLineBytes), frame => FuzzTarget.Require(frame.Length > 0, "An answer has bytes")));

    /// <summary>The first byte says how long the pieces are; what remains is the stream.</summary>
    private static void IsIndependentOfCuts(ReadOnlyMemory<byte> input, Func<ILineFramer> create)
    {
        if (input.IsEmpty)
        {
            return;
        }

        var stream = input[1..Math.Min(input.Length, 2000)];
        var whole = Frame(create(), stream, stream.Length);
        FuzzTarget.Require(whole.SequenceEqual(Frame(create(), stream, 1 + input.Span[0] % 16)), "A stream says the same however it is cut");
        FuzzTarget.Require(whole.SequenceEqual(Frame(create(), stream, 1)), "A stream says the same byte by byte");
    }

    private static List<string> Frame(ILineFramer framer, ReadOnlyMemory<byte> stream, int pieceBytes)
    {
        var results = new List<string>();
        var left = ReadOnlyMemory<byte>.Empty;
        for (var start = 0; start < stream.Length; start += Math.Max(1, pieceBytes))
        {
            var piece = stream.Slice(start, Math.Min(Math.Max(1, pieceBytes), stream.Length - start));
            var input = new ReadOnlySequence<byte>((byte[])[.. left.Span, .. piece.Span]);
            while (true)
            {
                var before = input.Length;
                var result = framer.TryRead(ref input, out var line);
                if (result == FrameResult.Incomplete)
                {
                    break;
                }

                FuzzTarget.Require(input.Length < before || result == FrameResult.TooLong, "A line takes at least its ending");
                FuzzTarget.Require(results.Count <= stream.Length, "Results come to an end");
                results.Add($"{result} {Encoding.Latin1.GetString(line)}");
                if (result == FrameResult.End)
                {
                    return results;
                }
            }

            left = input.ToArray();
        }

        var rest = new ReadOnlySequence<byte>(left);
        if (framer.TryReadRest(ref rest, out var last))
        {
            results.Add($"Rest {Encoding.Latin1.GetString(last)}");
        }

        return results;
    }

    private static void Proxy(ReadOnlyMemory<byte> input)
    {
        var buffer = new ReadOnlySequence<byte>(input);
        var status = ProxyHeaderParser.TryRead(ref buffer, out var header);
        var taken = (int)(input.Length - buffer.Length);
        if (status != ProxyHeaderStatus.Complete)
        {
            FuzzTarget.Require(taken == 0 && header is null, "A header that is not whole takes nothing");
            return;
        }

        FuzzTarget.Require(taken > 0, "A header has bytes");
        foreach (var length in (int[])[0, 1, taken / 2, taken - 1])
        {
            var part = new ReadOnlySequence<byte>(input[..length]);
            FuzzTarget.Require(ProxyHeaderParser.TryRead(ref part, out _) == ProxyHeaderStatus.Incomplete, "The beginning of a header is waited on");
        }

        var alone = new ReadOnlySequence<byte>(input[..taken]);
        FuzzTarget.Require(ProxyHeaderParser.TryRead(ref alone, out var again) == ProxyHeaderStatus.Complete && alone.IsEmpty && again == header, "What follows a header changes nothing");
    }
}
