using System.Globalization;
using System.Text.RegularExpressions;
using Parley.Core.Delivery;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Limits;

public sealed partial class OutboxTests
{
    private const int Messages = 1000;

    private static readonly string Filler = new('x', 300);

    [Theory]
    [InlineData(OverflowPolicy.TellAndCatchUp)]
    [InlineData(OverflowPolicy.TellAndSkip)]
    public async Task A_reader_that_fell_behind_is_told_how_many_it_missed_and_sees_the_newest(OverflowPolicy policy)
    {
        await using var server = new TestServer(new ParleyOptions { MaxOutboxBytes = 32 * 1024, OverflowPolicy = policy });
        var ann = await server.EnterAsync("Ann");
        var slow = await server.EnterAsync("Slow", sendBufferBytes: 1024);
        await ann.ReadUntilAsync($"{(await SecondNameAsync(ann))} is now Slow");
        await TalkAsync(ann);

        var (seen, missed, last) = (0L, 0L, -1);
        while (last < Messages - 1)
        {
            var line = (await slow.ReadLineAsync())!;
            if (Missed().Match(line) is { Success: true } notice)
            {
                missed += long.Parse(notice.Groups["count"].Value, CultureInfo.InvariantCulture);
                continue;
            }

            var number = int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
            Assert.True(number > last, $"{number} came after {last}");
            (last, seen) = (number, seen + 1);
        }

        Assert.True(missed > 0, "nothing was missed");
        Assert.Equal(Messages, seen + missed);
    }

    [Fact]
    public async Task With_the_policy_Disconnect_a_reader_that_fell_behind_is_cut_off_and_the_room_goes_on()
    {
        await using var server = new TestServer(new ParleyOptions { MaxOutboxBytes = 32 * 1024, OverflowPolicy = OverflowPolicy.Disconnect });
        var ann = await server.EnterAsync("Ann");
        var connection = new InMemoryConnection(1024);
        var slow = server.OpenLines(connection, "Slow");
        var name = (await slow.ReadUntilAsync("You joined main"))[^1]["You are ".Length..];
        await ann.ExpectAsync(name + " joined");
        await TalkAsync(ann, name + " left");
        await connection.Aborted.WithinSafetyAsync();
        await slow.ExpectCutOffAsync();
        Assert.Single(server.Log.Entries, entry => entry.Id == 206);
    }

    [Fact]
    public async Task What_waits_for_a_reader_never_passes_the_limit()
    {
        await using var server = new TestServer(new ParleyOptions { MaxOutboxBytes = 32 * 1024 });
        var ann = await server.EnterAsync("Ann");
        var handler = new WatchedHandler(server);
        var slow = server.Open(handler, new InMemoryConnection(1024));
        await slow.ReadUntilAsync("You joined main");
        await ann.ExpectMatchAsync(@"\w+ joined");
        for (var i = 0; i < Messages; i++)
        {
            await ann.SendLineAsync($"{i} {Filler}");
            await ann.ExpectAsync($"Ann: {i} {Filler}");
            Assert.InRange(handler.Session.Outbox.WaitingBytes, 0, 32 * 1024);
        }
    }

    /// <summary>Invariant 2: a slow reader never grows memory past its limit, and be it by asking instead of by being told.</summary>
    [Fact]
    public async Task Who_asks_and_asks_and_does_not_read_the_answers_is_not_answered_without_bound()
    {
        await using var server = new TestServer(new ParleyOptions { MaxOutboxBytes = 32 * 1024 });
        var ann = await server.EnterAsync("Ann");
        var handler = new WatchedHandler(server);
        var greedy = server.Open(handler, new InMemoryConnection(1024), "greedy");
        await greedy.ReadUntilAsync("You joined main");
        await ann.ExpectMatchAsync(@"\w+ joined");

        // All in one piece, as one read brings it in: 3000 times half a kilobyte of help.
        await greedy.SendLinesAsync([.. Enumerable.Repeat("/help", 3000), "/me is done", "/quit"]);
        var reading = greedy.ReadToEndAsync();
        long most = 0;
        while (!reading.IsCompleted)
        {
            most = Math.Max(most, handler.Session.Outbox.WaitingBytes);
            await Task.Yield();
        }

        Assert.InRange(most, 0, 64 * 1024);
        Assert.Equal(3000, (await reading).Count(line => line == "Server commands"));
    }

    private static async Task<string> SecondNameAsync(ScriptedClient client)
        => (await client.ExpectMatchAsync("(?<name>.*) joined")).Groups["name"].Value;

    private static async Task TalkAsync(ScriptedClient client, string? besides = null)
    {
        for (var i = 0; i < Messages; i++)
        {
            await client.SendLineAsync($"{i} {Filler}");
            if (await client.ReadLineAsync() is var line && line == besides)
            {
                line = await client.ReadLineAsync();
                besides = null;
            }

            Assert.Equal($"{client.Name}: {i} {Filler}", line);
        }

        if (besides is not null)
        {
            await client.ExpectAsync(besides);
        }
    }

    [GeneratedRegex("^Server is very busy and dropped (?<count>[0-9]+) messages, sorry!$", RegexOptions.ExplicitCapture)]
    private static partial Regex Missed();
}
