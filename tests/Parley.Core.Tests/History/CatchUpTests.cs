using System.Globalization;
using Parley.Core.Delivery;
using Parley.Core.History;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.History;

/// <summary>A slow reader is told what it missed, and then given it, in order and once, while the others talk on.</summary>
public sealed class CatchUpTests : IAsyncDisposable
{
    private const int MaxBytes = 4096;

    private readonly TestHistory _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Theory]
    [InlineData(137, 500)]
    [InlineData(50, 77)]
    [InlineData(300, 10_000)]
    [InlineData(90, 1000)]
    public async Task A_slow_reader_gets_every_message_once_and_in_order(int readEvery, int readBytes)
    {
        const int Posts = 2000;
        var (author, slow) = await StartAsync();

        for (var i = 1; i <= Posts; i++)
        {
            await author.MustPostAsync("main", $"{i}");
            if (i % readEvery == 0)
            {
                slow.Read(readBytes);
            }
        }

        slow.Read();
        Assert.Equal(Enumerable.Range(1, Posts), await ReadUpToAsync(slow, Posts));
    }

    [Fact]
    public async Task What_was_missed_is_told_then_shown_and_what_came_since_is_behind_it()
    {
        var (author, slow) = await StartAsync();
        for (var i = 1; i <= 1000; i++)
        {
            await author.MustPostAsync("main", $"{i}");
        }

        slow.Read();
        var lines = new List<string>();
        while (lines.Count == 0 || lines[^1] != "main| now")
        {
            lines.Add(await slow.NextAsync());
        }

        // What history has not is the line that the author joined.
        var shown = lines.Count(line => line.StartsWith("main #", StringComparison.Ordinal));
        Assert.Equal([$"missed {shown + 1}", "main| before"], lines[..2]);

        await author.MustPostAsync("main", "live");
        Assert.Contains("main| Ann: live", await ReadLinesUpToAsync(slow, "main| Ann: live"));
    }

    [Fact]
    public async Task Two_rooms_are_both_caught_up()
    {
        var (author, slow) = await StartAsync("one", "two");
        for (var i = 1; i <= 1000; i++)
        {
            await author.MustPostAsync("one", $"{i}");
            await author.MustPostAsync("two", $"{i}");
        }

        slow.Read();
        var lines = new List<string>();
        while (lines.Count(line => line.EndsWith(": 1000", StringComparison.Ordinal)) < 2)
        {
            lines.Add(await slow.NextAsync());
        }

        foreach (var room in new[] { "one", "two" })
        {
            Assert.Equal(
                Enumerable.Range(1, 1000).Select(i => $"{i}"),
                lines.Where(line => line.StartsWith(room, StringComparison.Ordinal) && line.Contains("Ann: ", StringComparison.Ordinal)).Select(line => line.Split(": ")[1]));
        }
    }

    [Fact]
    public async Task Who_leaves_while_it_is_behind_is_not_shown_more_and_can_go()
    {
        var (author, slow) = await StartAsync();
        for (var i = 1; i <= 1000; i++)
        {
            await author.MustPostAsync("main", $"{i}");
        }

        await slow.SignOutAsync();
        slow.Session.Outbox.Complete();
        slow.Read();

        await slow.Session.Outbox.WhenSentAsync().WaitAsync(TestSession.Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task When_history_cannot_be_read_it_is_told_and_goes_on()
    {
        var (author, slow) = await StartAsync();
        _test.Store.OnRead = () => throw new HistoryException("broken");
        for (var i = 1; i <= 1000; i++)
        {
            await author.MustPostAsync("main", $"{i}");
        }

        slow.Read();
        var lines = await ReadLinesUpToAsync(slow, "main| Ann: 1000");
        Assert.Contains(lines, line => line.StartsWith("missed ", StringComparison.Ordinal));
        Assert.DoesNotContain("main| before", lines);
    }

    private async Task<(TestSession Author, TestSession Slow)> StartAsync(params string[] rooms)
    {
        rooms = rooms.Length == 0 ? ["main"] : rooms;
        var slow = _test.NewSession(new OutboxOptions { MaxBytes = MaxBytes });
        await slow.MustSignInAsync("Slow");
        foreach (var room in rooms)
        {
            await slow.MustJoinAsync(room);
        }

        slow.Sink.Room = 0;
        var author = _test.NewSession();
        await author.MustSignInAsync("Ann");
        foreach (var room in rooms)
        {
            await author.MustJoinAsync(room);
        }

        return (author, slow);
    }

    private static async Task<List<string>> ReadLinesUpToAsync(TestSession session, string last)
    {
        List<string> lines = [];
        while (lines is not [.., var line] || line != last)
        {
            lines.Add(await session.NextAsync());
        }

        return lines;
    }

    /// <summary>The numbers that were said, as the session saw them, live or later.</summary>
    private static async Task<List<int>> ReadUpToAsync(TestSession session, int last)
    {
        List<int> numbers = [];
        while (numbers is not [.., var number] || number != last)
        {
            var line = await session.NextAsync();
            if (line.Split("Ann: ") is [_, var text])
            {
                numbers.Add(int.Parse(text, CultureInfo.InvariantCulture));
            }
        }

        return numbers;
    }
}
