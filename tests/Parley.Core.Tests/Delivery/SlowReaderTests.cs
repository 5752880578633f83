using System.Globalization;
using Parley.Core.Delivery;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Delivery;

/// <summary>Invariant 2: a slow or dead reader never delays another member and never grows memory past its limit.</summary>
public sealed class SlowReaderTests
{
    private const int MaxBytes = 4096;

    private readonly HandFlushes _flushes = new();
    private readonly TestBroker _test;

    public SlowReaderTests() => _test = new TestBroker(_flushes);

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(1, 137, 500)]
    [InlineData(3, 50, 77)]
    [InlineData(7, 300, 10_000)]
    [InlineData(40, 90, 1000)]
    public async Task What_a_slow_reader_gets_and_what_it_is_told_it_missed_is_all_there_was(int flushEvery, int readEvery, int readBytes)
    {
        const int Posts = 2000;
        var (author, slow) = await StartAsync();

        for (var i = 1; i <= Posts; i++)
        {
            await author.MustPostAsync("main", $"{i}");
            if (i % flushEvery == 0)
            {
                _flushes.Run();
            }

            if (readEvery > 0 && i % readEvery == 0)
            {
                slow.Read(readBytes);
            }

            Assert.InRange(slow.Session.Outbox.WaitingBytes, 0, MaxBytes);
        }

        _flushes.Run();
        slow.Read();

        var (received, missed) = Count(slow.Waiting());
        Assert.Equal(Posts, received.Count + missed);
        Assert.Equal(received.Order(), received);
        Assert.Equal(received.Distinct(), received);
        Assert.True(missed > 0);
        Assert.Equal(Posts, received[^1]);
    }

    [Fact]
    public async Task A_slow_reader_never_delays_the_room()
    {
        var (author, slow) = await StartAsync();
        var quick = await _test.SignInAsync("Quick", "main");
        _flushes.Run();
        author.Waiting();

        for (var i = 0; i < 1000; i++)
        {
            await author.MustPostAsync("main", $"{i}");
            _flushes.Run();

            await quick.MustSeeAsync($"main| Ann: {i}");
            await author.MustSeeAsync($"main| Ann: {i}");
        }

        Assert.Empty(slow.Waiting());
    }

    [Fact]
    public async Task The_notice_stands_where_the_messages_are_missing_and_answers_are_kept_in_their_order()
    {
        var (author, slow) = await StartAsync();

        slow.Reply("answer 1");
        await PostAsync(author, 1, 300);
        slow.Reply("answer 2");
        await PostAsync(author, 301, 600);
        slow.Reply("answer 3");
        slow.Read();

        var lines = slow.Waiting();
        var missed = Missed(lines[1]);
        Assert.Equal("answer 1", lines[0]);
        Assert.Equal("answer 3", lines[^1]);
        Assert.Single(lines, "answer 2");
        Assert.Equal($"main| Ann: 600", lines[^2]);
        Assert.Equal(600, missed + lines.Count(line => line.StartsWith("main| ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Whoever_falls_behind_again_is_told_again()
    {
        var (author, slow) = await StartAsync();

        await PostAsync(author, 1, 600);
        slow.Read(bytes: 200);
        await PostAsync(author, 601, 1200);
        slow.Read();

        var lines = slow.Waiting();
        var (received, missed) = Count(lines);
        Assert.Equal(2, lines.Count(line => line.StartsWith("missed ", StringComparison.Ordinal)));
        Assert.Equal(1200, received.Count + missed);
    }

    [Fact]
    public async Task Whoever_reads_on_before_it_is_full_misses_nothing()
    {
        var (author, slow) = await StartAsync();

        for (var round = 0; round < 20; round++)
        {
            await PostAsync(author, 1 + (round * 100), (round + 1) * 100);
            slow.Read(bytes: 3000);
        }

        slow.Read();

        Assert.Equal(Enumerable.Range(1, 2000).Select(i => $"main| Ann: {i}"), slow.Waiting());
    }

    [Fact]
    public async Task A_line_that_was_begun_is_ended_before_the_notice()
    {
        var (author, slow) = await StartAsync();

        await PostAsync(author, 1, 1);
        slow.Read(bytes: 6);
        await PostAsync(author, 2, 600);
        Assert.Equal("main| ", slow.Sink.Begun);
        slow.Read();

        var lines = slow.Waiting();
        Assert.Equal("main| Ann: 1", lines[0]);
        Assert.Equal(600 - (lines.Length - 1), Missed(lines[1]));
    }

    [Fact]
    public async Task A_direct_message_counts_as_missed_like_any_other()
    {
        var (author, slow) = await StartAsync();

        for (var i = 0; i < 500; i++)
        {
            Assert.Empty(await author.TellAsync($"{i}", "Slow"));
            Assert.InRange(slow.Session.Outbox.WaitingBytes, 0, MaxBytes);
        }

        slow.Read();

        var lines = slow.Waiting();
        Assert.Equal(500, Missed(lines[0]) + lines.Length - 1);
    }

    [Fact]
    public async Task Renames_of_a_user_pile_up_nowhere_on_a_session_of_it_that_does_not_read()
    {
        var (_, slow) = await StartAsync();
        await slow.LeaveAsync("main");
        var other = _test.NewSession();
        await other.LogInAsync("Slow");

        for (var i = 0; i < 1000; i++)
        {
            await other.RenameAsync($"Slow{i}");
            Assert.InRange(slow.Session.Outbox.WaitingBytes, 0, MaxBytes);
        }
    }

    private static (List<int> Received, long Missed) Count(string[] lines)
    {
        var received = new List<int>();
        var missed = 0L;
        foreach (var line in lines)
        {
            if (line.StartsWith("main| Ann: ", StringComparison.Ordinal))
            {
                received.Add(int.Parse(line.AsSpan(11), CultureInfo.InvariantCulture));
            }
            else if (line.StartsWith("missed ", StringComparison.Ordinal))
            {
                missed += Missed(line);
            }
        }

        return (received, missed);
    }

    private static long Missed(string line)
    {
        Assert.StartsWith("missed ", line, StringComparison.Ordinal);
        return long.Parse(line.AsSpan(7), CultureInfo.InvariantCulture);
    }

    private async Task<(TestSession Author, TestSession Slow)> StartAsync()
    {
        var author = await _test.SignInAsync("Ann", "main");
        var slow = _test.NewSession(outbox: new OutboxOptions { MaxBytes = MaxBytes });
        await slow.LogInAsync("Slow");
        await slow.JoinAsync("main");
        _flushes.Run();
        author.Waiting();
        slow.Waiting();
        slow.Sink.Room = 0;
        return (author, slow);
    }

    private async Task PostAsync(TestSession author, int first, int last)
    {
        for (var i = first; i <= last; i++)
        {
            await author.MustPostAsync("main", $"{i}");
            _flushes.Run();
        }
    }
}
