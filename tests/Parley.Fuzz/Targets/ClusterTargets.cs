using System.Buffers;
using System.Text.Json;
using Parley.Cluster.Links;
using Parley.Core.Nodes.Wire;
using Parley.Core.Queries;

namespace Parley.Fuzz.Targets;

/// <summary>What comes over links between nodes.</summary>
internal static class ClusterTargets
{
    private const int MaxBytes = 64;

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("link-frame", Frames, typeof(LinkFrameParser)),
        new("node-frame", Records),
    ];

    /// <summary>What is read is written and read again as the same; anything else is refused as no JSON of a node.</summary>
    private static void Records(ReadOnlyMemory<byte> input)
    {
        Again(() => NodeFrame.ReadRequest(input.Span), (what, output) => NodeFrame.Write(what, output), NodeFrame.ReadRequest);
        Again(() => NodeFrame.ReadEvent(input.Span, _ => typeof(UserCounts)), (what, output) => NodeFrame.Write(what, output), bytes => NodeFrame.ReadEvent(bytes, _ => typeof(UserCounts)));
    }

    private static void Again<T>(Func<T> read, Action<T, IBufferWriter<byte>> write, Reading<T> readAgain)
    {
        T what;
        try
        {
            what = read();
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return;
        }

        var first = new ArrayBufferWriter<byte>();
        write(what, first);
        var second = new ArrayBufferWriter<byte>();
        write(readAgain(first.WrittenSpan), second);
        FuzzTarget.Require(first.WrittenSpan.SequenceEqual(second.WrittenSpan), "What was read once is read again as the same");
    }

    private delegate T Reading<T>(ReadOnlySpan<byte> bytes);

    private static void Frames(ReadOnlyMemory<byte> input)
    {
        var (whole, end) = Cut(new ReadOnlySequence<byte>(input));
        FuzzTarget.Require(whole.TrueForAll(frame => frame.Length <= MaxBytes), "No frame is too long");
        FuzzTarget.Require(whole.Sum(frame => frame.Length + LinkFrameParser.HeaderBytes) <= input.Length, "Nothing is there twice");

        // However it is cut into packets, it says the same.
        var pieces = new List<byte[]>();
        var received = new ArrayBufferWriter<byte>();
        var taken = 0;
        var result = FrameResult.Incomplete;
        foreach (var octet in input.Span)
        {
            received.Write([octet]);
            while (result == FrameResult.Incomplete || result == FrameResult.Complete)
            {
                var rest = new ReadOnlySequence<byte>(received.WrittenMemory[taken..]);
                result = LinkFrameParser.Next(ref rest, MaxBytes, out var frame);
                if (result != FrameResult.Complete)
                {
                    break;
                }

                pieces.Add(frame.ToArray());
                taken = received.WrittenCount - (int)rest.Length;
            }
        }

        FuzzTarget.Require(result == end || input.IsEmpty, "It ends the same");
        FuzzTarget.Require(whole.Count == pieces.Count && whole.Zip(pieces).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)), "It is the same");
    }

    private static (List<byte[]> Frames, FrameResult End) Cut(ReadOnlySequence<byte> received)
    {
        var frames = new List<byte[]>();
        FrameResult result;
        while ((result = LinkFrameParser.Next(ref received, MaxBytes, out var frame)) == FrameResult.Complete)
        {
            frames.Add(frame.ToArray());
        }

        return (frames, result);
    }
}
