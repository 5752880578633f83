using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Specification;

namespace Parley.Core.Tests.Delivery;

public sealed class RoomLogTests
{
    private readonly RoomLog _log = new(new PlainFlavor(), lastNumber: 0);
    private long _sequence;

    [Fact]
    public void No_entry_spans_two_blocks()
    {
        var random = new Random(1);
        var expected = new StringBuilder();
        for (var i = 0; i < 2000; i++)
        {
            var text = new string((char)('a' + (i % 26)), random.Next(1, 600));
            Append(text);
            expected.Append("main| Ann: ").Append(text).Append('\n');
        }

        var seen = new StringBuilder();
        var entries = 0L;
        for (var block = _log.Head.FirstBlock; block is not null; block = block.Next)
        {
            var bytes = Encoding.UTF8.GetString(block.Bytes, 0, block.Length);
            Assert.EndsWith("\n", bytes, StringComparison.Ordinal);
            Assert.Equal(seen.Length, block.Start.Position);
            Assert.Equal(entries, block.Start.Entries);
            seen.Append(bytes);
            entries += bytes.Count(one => one == '\n');
        }

        Assert.Equal(expected.ToString(), seen.ToString());
        Assert.Equal(2000, _log.Head.End.Entries);
        Assert.Equal(expected.Length, _log.Head.End.Position);
    }

    [Fact]
    public void An_entry_larger_than_a_block_has_one_of_its_own()
    {
        Append("before");
        Append(new string('x', 3 * LogBlockPool.BlockBytes));
        Append("behind");

        var first = _log.Head.FirstBlock!;
        var large = first.Next!;

        Assert.Equal("main| Ann: before\n".Length, first.Length);
        Assert.Equal((3 * LogBlockPool.BlockBytes) + "main| Ann: \n".Length, large.Length);
        Assert.Equal("main| Ann: behind\n", Encoding.UTF8.GetString(large.Next!.Bytes, 0, large.Next.Length));
    }

    [Fact]
    public void An_entry_that_is_written_piece_by_piece_moves_to_the_next_block_as_a_whole()
    {
        var log = new RoomLog(new PiecewiseFlavor(), lastNumber: 0);
        for (var i = 0; i < 30; i++)
        {
            log.Append(Message(new string((char)('a' + i), 999)), audience: null);
        }

        for (var block = log.Head.FirstBlock; block is not null; block = block.Next)
        {
            foreach (var line in Encoding.UTF8.GetString(block.Bytes, 0, block.Length).Split('\n')[..^1])
            {
                Assert.Equal(new string(line[0], 999), line);
            }
        }
    }

    [Fact]
    public void A_quiet_log_holds_no_block()
    {
        Append("hi");
        Assert.NotNull(_log.Head.FirstBlock);

        Flush();

        Assert.Null(_log.Head.FirstBlock);
        Assert.Equal(0, _log.UnflushedBytes);
        Append("again");
        Assert.Equal("main| Ann: hi\n".Length, _log.Head.FirstBlock!.Start.Position);
        Assert.Equal(1, _log.Head.FirstBlock.Start.Entries);
    }

    [Fact]
    public void A_block_stays_while_a_segment_refers_to_it_and_goes_on_being_filled()
    {
        Append("one");
        var block = _log.Head.FirstBlock!;
        var segment = OutboxSegment.Shared(block, 0, block.Length, messages: 1, source: null!, numberBefore: 0);
        segment.AddReference();

        Flush();
        Assert.Same(block, _log.Head.FirstBlock);
        Append("two");
        Assert.Same(block, _log.Head.FirstBlock);
        Assert.Null(block.Next);
        Assert.Equal("main| Ann: one\n", Encoding.UTF8.GetString(segment.Bytes.Span));
        segment.Release();
        Flush();

        Assert.Null(_log.Head.FirstBlock);
    }

    [Fact]
    public void Blocks_that_everybody_was_given_are_let_go_of_and_the_others_are_kept()
    {
        for (var i = 0; i < 30; i++)
        {
            Append(new string('x', 1000));
        }

        var given = _log.BeginWalk();
        for (var i = 0; i < 30; i++)
        {
            Append(new string('y', 1000));
        }

        _log.EndWalk(given.End.Position);

        var first = _log.Head.FirstBlock!;
        Assert.True(first.Start.Position <= given.End.Position);
        Assert.True(first.Start.Position + first.Length > given.End.Position);
    }

    [Fact]
    public void While_two_walk_the_log_the_blocks_wait_for_the_last_of_them()
    {
        for (var i = 0; i < 30; i++)
        {
            Append(new string('x', 1000));
        }

        var early = _log.BeginWalk();
        var late = _log.BeginWalk();
        _log.EndWalk(late.End.Position);
        Assert.Same(early.FirstBlock, _log.Head.FirstBlock);

        _log.EndWalk(early.End.Position);

        Assert.Null(_log.Head.FirstBlock);
    }

    [Fact]
    public void What_a_flavor_leaves_out_is_no_entry()
    {
        var log = new RoomLog(new SilentFlavor(), lastNumber: 0);

        log.Append(Message("hi"), audience: null);

        Assert.Equal(0, log.Head.End.Position);
        Assert.Equal(0, log.Head.End.Entries);
        log.BeginWalk();
        log.EndWalk(0);
        Assert.Null(log.Head.FirstBlock);
    }

    [Fact]
    public void A_mark_that_everybody_has_passed_keeps_no_session_alive()
    {
        var session = Mark();

        Flush();

        Assert.Null(_log.Head.FirstMark);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(session.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Mark()
    {
        var session = new Session(new PlainFlavor(), new OutboxOptions());
        var audience = new OncePerSession();
        Assert.True(audience.TryClaim(session.Outbox, since: 0));
        Assert.False(audience.TryClaim(session.Outbox, since: 0));
        _log.Append(Message("rare"), audience);
        Assert.NotNull(_log.Head.FirstMark);
        return new WeakReference(session);
    }

    private void Append(string text) => _log.Append(Message(text), audience: null);

    private void Flush() => _log.EndWalk(_log.BeginWalk().End.Position);

    private MessagePosted Message(string text)
    {
        Assert.True(RoomName.TryParse("main", out var room));
        Assert.True(UserName.TryParse("Ann", out var name));
        return new MessagePosted(room, ++_sequence, default, new Actor(1, name), new MessageDraft(MessageKind.Text, Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>One byte at a time, asking for no more than that.</summary>
    private sealed class PiecewiseFlavor : PlainFlavor
    {
        public override void Encode(RoomEvent entry, IBufferWriter<byte> output)
        {
            foreach (var one in ((MessagePosted)entry).Text.Span)
            {
                output.GetSpan(1)[0] = one;
                output.Advance(1);
            }

            output.GetMemory(1).Span[0] = (byte)'\n';
            output.Advance(1);
        }
    }
}
