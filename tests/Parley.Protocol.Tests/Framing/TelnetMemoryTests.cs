using System.Buffers;
using Parley.Protocol.Framing;

namespace Parley.Protocol.Tests.Framing;

public sealed class TelnetMemoryTests
{
    [Fact]
    public void Reading_lines_does_not_allocate()
    {
        var framer = new TelnetLineFramer(400);
        var one = new ReadOnlySequence<byte>(Bytes.Of("hello\r\nworld\n"));
        var several = Bytes.Sequence(Bytes.Of("hel"), Bytes.Of("lo\r\nwor"), Bytes.Of("ld\n"));
        Allocation.AssertNone(() =>
        {
            ReadAll(framer, one);
            ReadAll(framer, several);
        });
    }

    [Fact]
    public void Reading_commands_allocates_one_buffer_per_connection()
    {
        var framer = new TelnetLineFramer(400);
        var input = new ReadOnlySequence<byte>(Bytes.Of("a\xFF\xFD\x01\xFF\xFFz\r\0\xFF\xF4"));
        Allocation.AssertNone(() => ReadAll(framer, input));
    }

    [Fact]
    public void A_connection_that_sends_no_command_holds_a_few_words()
    {
        const int connections = 1000;
        const int maxLineBytes = 100_000;
        var input = new ReadOnlySequence<byte>(Bytes.Of("hello\r\nhalf a li"));
        var framers = new TelnetLineFramer[connections];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < connections; i++)
        {
            framers[i] = new TelnetLineFramer(maxLineBytes);
            ReadAll(framers[i], input);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / connections, 1, 64);
    }

    [Fact]
    public void A_line_without_commands_is_a_slice_of_the_input()
    {
        var bytes = Bytes.Of("hello\n");
        var input = new ReadOnlySequence<byte>(bytes);
        new TelnetLineFramer(400).TryRead(ref input, out var line);
        Assert.True(line.FirstSpan.Overlaps(bytes, out var offset));
        Assert.Equal(0, offset);
    }

    private static void ReadAll(TelnetLineFramer framer, ReadOnlySequence<byte> input)
    {
        while (framer.TryRead(ref input, out _) != FrameResult.Incomplete)
        {
        }
    }
}
