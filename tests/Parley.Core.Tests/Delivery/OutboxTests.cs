using System.Text;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Specification;

namespace Parley.Core.Tests.Delivery;

public sealed class OutboxTests
{
    private readonly LineSink _sink = new();
    private readonly Session _session = new(new PlainFlavor(), new OutboxOptions { MaxBytes = 1000 });

    private Outbox Outbox => _session.Outbox;

    [Fact]
    public void Everything_waits_until_it_is_known_where_to_send()
    {
        Append("one", "two");
        Assert.Equal(8, Outbox.WaitingBytes);

        Outbox.Open(_sink);

        Assert.Equal(["one", "two"], Arrived());
        Assert.Equal(0, Outbox.WaitingBytes);
    }

    [Fact]
    public void Small_pieces_are_sent_together()
    {
        var counting = new CountingSink();
        Append([.. Enumerable.Range(0, 100).Select(i => $"{i}")]);

        Outbox.Open(counting);

        Assert.Equal(1, counting.Writes);
        Assert.Equal(290, counting.Bytes);
    }

    [Fact]
    public void A_sink_that_is_full_is_left_alone_until_it_takes_bytes_again()
    {
        var counting = new CountingSink { Room = 0 };
        Outbox.Open(counting);
        Append("one");

        Outbox.Send();
        Outbox.Send();
        Assert.Equal(1, counting.Writes);
        counting.Room = 100;
        Outbox.Send();
        Assert.Equal(1, counting.Writes);
        Outbox.Resume();

        Assert.Equal(2, counting.Writes);
        Assert.Equal(4, counting.Bytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(9)]
    public void However_little_a_sink_takes_at_a_time_nothing_is_lost_or_repeated(int bytes)
    {
        string[] lines = ["one", "two", "", "three", "four"];
        Append(lines);
        _sink.Room = 0;
        Outbox.Open(_sink);

        while (Outbox.WaitingBytes > 0)
        {
            _sink.Room = bytes;
            Outbox.Resume();
        }

        Assert.Equal(lines, Arrived());
    }

    [Fact]
    public void A_complete_outbox_takes_no_more_and_still_sends_what_waits()
    {
        _sink.Room = 0;
        Outbox.Open(_sink);
        Append("one");

        Outbox.Complete();
        var sent = Outbox.WhenSentAsync();
        Assert.False(_session.AppendPrivate("late\n"u8.ToArray(), messages: 0));
        Assert.False(sent.IsCompleted);
        _sink.Room = 100;
        Outbox.Resume();

        Assert.True(sent.IsCompleted);
        Assert.Equal(["one"], Arrived());
    }

    [Fact]
    public void An_aborted_outbox_lets_go_of_what_waits_and_touches_the_sink_no_more()
    {
        var counting = new CountingSink { Room = 0 };
        Outbox.Open(counting);
        Append(new string('x', 600));
        Outbox.Send();
        var (sent, drained) = (Outbox.WhenSentAsync(), Outbox.WhenDrainedAsync());
        Assert.False(drained.IsCompleted);

        Outbox.Abort();
        Outbox.Resume();
        Outbox.Send();

        Assert.True(sent.IsCompleted);
        Assert.True(drained.IsCompleted);
        Assert.Equal(0, Outbox.WaitingBytes);
        Assert.Equal(1, counting.Writes);
        Assert.False(_session.AppendPrivate("late\n"u8.ToArray(), messages: 1));
    }

    [Fact]
    public void A_session_waits_while_a_quarter_of_the_limit_is_unread_and_goes_on_at_an_eighth()
    {
        _sink.Room = 0;
        Outbox.Open(_sink);
        Append(new string('x', 249));
        Assert.True(Outbox.WhenDrainedAsync().IsCompleted);
        Append("y");

        var drained = Outbox.WhenDrainedAsync();
        Read(126);
        Assert.False(drained.IsCompleted);
        Read(1);

        Assert.True(drained.IsCompleted);
    }

    [Fact]
    public void More_of_a_long_answer_is_asked_for_when_its_reader_has_taken_all_but_one_send()
    {
        var session = new Session(new PlainFlavor(), new OutboxOptions { MaxBytes = 1024 * 1024 });
        var sink = new LineSink { Room = 0 };
        session.Outbox.Open(sink);
        session.AppendPrivate(new byte[16 * 1024], messages: 0);
        Assert.True(session.Outbox.WhenTakenAsync().IsCompleted);
        session.AppendPrivate(new byte[1000], messages: 0);
        Assert.True(session.Outbox.WhenDrainedAsync().IsCompleted);

        var taken = session.Outbox.WhenTakenAsync();
        sink.Room = 999;
        session.Outbox.Resume();
        Assert.False(taken.IsCompleted);
        sink.Room = 1;
        session.Outbox.Resume();

        Assert.True(taken.IsCompleted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whoever_waits_to_go_on_is_released_when_the_outbox_is_complete_or_gone(bool isGone)
    {
        var session = new Session(new PlainFlavor(), new OutboxOptions { MaxBytes = 1024 });
        session.Outbox.Open(new LineSink { Room = 0 });
        session.AppendPrivate(new byte[20_000], messages: 0);
        var (drained, taken) = (session.Outbox.WhenDrainedAsync(), session.Outbox.WhenTakenAsync());
        Assert.False(drained.IsCompleted || taken.IsCompleted);

        if (isGone)
        {
            session.Outbox.Abort();
        }
        else
        {
            session.Outbox.Complete();
        }

        Assert.True(drained.IsCompleted);
        Assert.True(taken.IsCompleted);
    }

    [Fact]
    public void Answers_are_kept_whatever_the_limit()
    {
        _sink.Room = 0;
        Outbox.Open(_sink);
        Append(new string('a', 900), new string('b', 900));
        _session.AppendPrivate("lost\n"u8.ToArray(), messages: 1);
        Append("last");

        Read(int.MaxValue);

        Assert.Equal([new string('a', 900), new string('b', 900), "missed 1", "last"], Arrived());
    }

    [Fact]
    public void A_message_larger_than_the_limit_is_missed_and_told()
    {
        _sink.Room = 0;
        Outbox.Open(_sink);

        _session.AppendPrivate(new byte[1001], messages: 1);
        Read(int.MaxValue);

        Assert.Equal(["missed 1"], Arrived());
    }

    private void Append(params string[] answers)
    {
        foreach (var answer in answers)
        {
            Assert.True(_session.AppendPrivate(Encoding.UTF8.GetBytes(answer + "\n"), messages: 0));
        }
    }

    private void Read(int bytes)
    {
        _sink.Room = bytes;
        Outbox.Resume();
    }

    private List<string> Arrived()
    {
        var lines = new List<string>();
        while (_sink.Lines.TryRead(out var line))
        {
            lines.Add(line);
        }

        return lines;
    }
}
