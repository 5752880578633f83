using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Parley.Protocol.Framing;
using Parley.Protocol.Tests.Framing;
using Parley.Protocol.WebSockets;

namespace Parley.Protocol.Tests.WebSockets;

/// <summary>https://www.rfc-editor.org/rfc/rfc6455#section-5</summary>
public sealed class WebSocketLineFramerTests
{
    private const int MaxMessageBytes = 300;

    [Fact]
    public void A_stream_of_frames_gives_the_same_lines_and_answers_however_it_is_split()
    {
        byte[] stream =
        [
            .. Frame(WebSocketOpcode.Text, "PING 1"), .. Frame(WebSocketOpcode.Ping, "are you there?"),
            .. Frame(WebSocketOpcode.Text, "gr", isLast: false), .. Frame(WebSocketOpcode.Ping, ""),
            .. Frame(WebSocketOpcode.Continuation, "", isLast: false), .. Frame(WebSocketOpcode.Pong, "unasked"),
            .. Frame(WebSocketOpcode.Continuation, "üße"), .. Frame(WebSocketOpcode.Text, new string('x', 130)),
            .. Frame(WebSocketOpcode.Text, new string('y', 101)), .. Frame(WebSocketOpcode.Text, "end\r\n"),
            .. Frame(WebSocketOpcode.Close, "\u0003\u00e8"), .. Frame(WebSocketOpcode.Text, "behind"),
        ];
        string[] expected =
        [
            "PING 1", "answer 8a0e" + Convert.ToHexStringLower("are you there?"u8), "answer 8a00", "grüße", "TooLong", "TooLong", "end", "End",
            "bye 1000 Goodbye",
        ];

        foreach (var chunks in Chunks.Some(stream, seed: 17))
        {
            Assert.Equal(expected, Run(chunks));
        }
    }

    [Fact]
    public void A_frame_in_segments_is_read_like_one_in_a_piece()
    {
        var seen = new List<string>();
        var framer = Framer(seen);
        var input = Bytes.Sequence([.. Frame(WebSocketOpcode.Text, "hello there").Select(octet => new[] { octet })]);

        Assert.Equal(FrameResult.Line, framer.TryRead(ref input, out var line));
        Assert.Equal("hello there", Bytes.Text(line));
        Assert.True(input.IsEmpty);
    }

    [Theory]
    [InlineData("8104 50494e47", 1002)] // not masked
    [InlineData("c186 00000000 50494e472031", 1002)] // reserved bits
    [InlineData("a186 00000000 50494e472031", 1002)]
    [InlineData("8386 00000000 50494e472031", 1002)] // unknown opcodes
    [InlineData("8b86 00000000 50494e472031", 1002)]
    [InlineData("8081 00000000 50", 1002)] // a continuation of nothing
    [InlineData("0181 00000000 50 8181 00000000 50", 1002)] // a message within a message
    [InlineData("0981 00000000 50", 1002)] // a ping in pieces
    [InlineData("89fe 007e 00000000", 1002)] // a ping of 126 bytes
    [InlineData("8881 00000000 03", 1002)] // half a code
    [InlineData("8882 00000000 03ed", 1002)] // 1005, which is never sent
    [InlineData("8882 00000000 03e7", 1002)] // 999
    [InlineData("8883 00000000 03e8ff", 1007)] // a reason that is no text
    [InlineData("8281 00000000 50", 1003)] // bytes where text was agreed
    [InlineData("8182 00000000 fffe", 1007)] // no UTF-8
    [InlineData("8183 00000000 610a62", 1007)] // two lines
    [InlineData("8183 00000000 610d62", 1007)]
    [InlineData("81fe 012d 00000000", 1009)] // 301 bytes, of which none is there yet
    [InlineData("81ff 7fffffffffffffff 00000000", 1009)]
    [InlineData("81ff ffffffffffffffff 00000000", 1002)] // a length below zero
    public void A_broken_rule_ends_the_stream_with_its_code(string frames, int code)
    {
        foreach (var chunks in Chunks.Some(Convert.FromHexString(frames.Replace(" ", "", StringComparison.Ordinal)), seed: 5))
        {
            var seen = Run(chunks);
            Assert.Equal("End", seen[^2]);
            Assert.StartsWith($"bye {code} ", seen[^1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Pieces_count_together_for_the_limit()
    {
        byte[] fits = [.. Frame(WebSocketOpcode.Text, new string('x', 200), isLast: false), .. Frame(WebSocketOpcode.Continuation, new string(' ', 99), isLast: false)];

        Assert.Equal("TooLong", Run([[.. fits, .. Frame(WebSocketOpcode.Continuation, "x")]])[0]);
        Assert.StartsWith("bye 1009", Run([[.. fits, .. Frame(WebSocketOpcode.Continuation, "xx")]])[1], StringComparison.Ordinal);
    }

    [Fact]
    public void No_more_than_a_frame_is_left_for_later()
    {
        var framer = Framer([]);
        var whole = Frame(WebSocketOpcode.Text, new string('x', MaxMessageBytes));
        var input = new ReadOnlySequence<byte>(whole[..^1]);

        Assert.Equal(FrameResult.Incomplete, framer.TryRead(ref input, out _));
        Assert.Equal(whole.Length - 1, input.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(125)]
    public void A_mask_is_taken_off_at_every_length(int length)
    {
        var text = string.Create(length, 0, static (span, _) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = (char)('a' + (i % 26));
            }
        });
        Assert.Equal(length > 100 ? "TooLong" : text, Run([Frame(WebSocketOpcode.Text, text)])[0]);
    }

    [Fact]
    public void A_server_that_stops_says_so_unless_there_is_another_reason()
    {
        var framer = Framer([]);
        Assert.Equal("bye 1001 Server is shutting down", Goodbye(framer.Farewell(isStopping: true)));
        Assert.Equal("bye 1000 Goodbye", Goodbye(framer.Farewell(isStopping: false)));

        var input = new ReadOnlySequence<byte>([0x81, 0x00, .. new byte[100_000]]);
        Assert.Equal(FrameResult.End, framer.TryRead(ref input, out _));
        Assert.True(input.IsEmpty);
        Assert.StartsWith("bye 1002 ", Goodbye(framer.Farewell(isStopping: true)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "8100")]
    [InlineData(125, "817d")]
    [InlineData(126, "817e007e")]
    [InlineData(65535, "817effff")]
    [InlineData(65536, "817f0000000000010000")]
    public void A_servers_frame_is_not_masked_and_has_the_shortest_length(int length, string header)
    {
        var output = new ArrayBufferWriter<byte>();

        WebSocketWriter.WriteLines(output, WebSocketOpcode.Text, [.. new byte[length], (byte)'\r', (byte)'\n']);

        Assert.Equal(header, Convert.ToHexStringLower(output.WrittenSpan[..^length]));
    }

    [Fact]
    public void Each_line_is_a_message_of_its_own()
    {
        Assert.Equal("\u0082\u0001a\u0082\u0000\u0082\u0002bc", Bytes.Text(new ReadOnlySequence<byte>(Written("a\r\n\nbc\n"u8.ToArray()))));

        static byte[] Written(byte[] lines)
        {
            var output = new ArrayBufferWriter<byte>();
            WebSocketWriter.WriteLines(output, WebSocketOpcode.Binary, lines);
            return output.WrittenSpan.ToArray();
        }
    }

    /// <summary>A client's frame; a close frame's text is one byte per character.</summary>
    private static byte[] Frame(WebSocketOpcode opcode, string text, bool isLast = true)
    {
        var payload = opcode == WebSocketOpcode.Close ? Bytes.Of(text) : Encoding.UTF8.GetBytes(text);
        byte[] key = [0x5a, 0xc3, 0x00, 0x7e];
        byte[] length = payload.Length < 126 ? [(byte)(0x80 | payload.Length)] : [0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length];
        return [(byte)((isLast ? 0x80 : 0) | (int)opcode), .. length, .. key, .. payload.Select((octet, i) => (byte)(octet ^ key[i % 4]))];
    }

    private static WebSocketLineFramer Framer(List<string> seen)
        => new(WebSocketOpcode.Text, MaxMessageBytes, new LineFramer(100), frame => seen.Add("answer " + Convert.ToHexStringLower(frame)));

    /// <summary>All that comes of a stream, as a connection has it read: what was not consumed is shown again, together with what follows.</summary>
    private static List<string> Run(byte[][] chunks)
    {
        var seen = new List<string>();
        var framer = Framer(seen);
        byte[] kept = [];
        foreach (var chunk in chunks)
        {
            var input = new ReadOnlySequence<byte>((byte[])[.. kept, .. chunk]);
            FrameResult result;
            while ((result = framer.TryRead(ref input, out var line)) is not FrameResult.Incomplete)
            {
                seen.Add(result == FrameResult.Line ? Encoding.UTF8.GetString(line) : result.ToString());
                if (result == FrameResult.End)
                {
                    seen.Add(Goodbye(framer.Farewell(isStopping: false)));
                    return seen;
                }
            }

            kept = input.ToArray();
        }

        return seen;
    }

    private static string Goodbye(byte[] frame)
    {
        Assert.Equal((0x88, frame.Length - 2), (frame[0], frame[1]));
        return $"bye {BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(2))} {Encoding.UTF8.GetString(frame.AsSpan(4))}";
    }
}
