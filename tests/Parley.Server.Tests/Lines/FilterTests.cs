using System.Globalization;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Text;
using Parley.Server.Options;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Lines;

/// <summary><c>/filter</c>: what nobody without a rank may say in a room.</summary>
public sealed class FilterTests
{
    [Fact]
    public async Task Whoever_made_the_room_sets_it_all_see_it_and_what_it_refuses_reaches_nobody()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");

        await people[0].SendLineAsync("/filter add spam*");
        await people[0].ExpectAsync("Ann had the word filter refuse spam*");
        await people[1].ExpectAsync("Ann had the word filter refuse spam*");
        await people[1].SendLinesAsync("buy SPAMMY things", "/filter", "hello");
        await people[1].ExpectAsync("Not said, the word filter of main refuses spam*", "Refused - spam*, by Ann");

        await people[0].ExpectAsync("Bob: hello");
        await people[0].SendLineAsync("/filter remove SPAM*");
        await people[0].ExpectAsync("Ann took spam* off the word filter");
        await people[1].SendLineAsync("spam after all");
        await people[0].ExpectAsync("Bob: spam after all");
    }

    [Fact]
    public async Task Others_are_told_that_it_is_not_for_them()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");

        await people[1].SendLinesAsync("/filter add spam", "/filter remove spam", "/filter try spam", "/filter");

        const string Refusal = "Only operators of main may do that";
        await people[1].ExpectAsync(Refusal, Refusal, Refusal, "The word filter of main is empty");
    }

    [Fact]
    public async Task What_changes_nothing_or_makes_no_sense_is_told_and_nothing_has_changed()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");

        await ann.SendLinesAsync("/filter add two words", "/filter add *", "/filter add", "/filter sub spam", "/filter remove spam", "/filter");

        await ann.ExpectAsync(
            WordPattern.Form, WordPattern.Form, "Usage: /filter [add|remove|try {word}]", "Usage: /filter [add|remove|try {word}]",
            "The word filter of main has no spam", "The word filter of main is empty");
        await ann.SendLinesAsync("/filter add spam", "/filter add SPAM");
        await ann.ExpectAsync("Ann had the word filter refuse spam", "The word filter of main refuses SPAM already");
    }

    [Fact]
    public async Task A_word_is_tried_on_what_was_said_before_and_nothing_changes()
    {
        await using var store = new MemoryHistoryStore();
        await using var server = new TestServer(new ParleyOptions { HistoryReplay = 0 }, history: store);
        var people = await server.EnterAllAsync("Ann", "Bob");
        for (var each = 1; each <= 5; each++)
        {
            await people[1].SendLineAsync(each % 2 == 0 ? "nothing of it" : $"Spam {each}");
            await people[0].ReadUntilContainsAsync(each % 2 == 0 ? "nothing of it" : $"Spam {each}");
        }

        await people[0].SendLinesAsync("/filter try spam", "/filter try nowhere", "/filter");

        var time = server.Time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        await people[0].ExpectAsync(
            "spam would have refused 3 of the last 5 messages in main", $"- Bob at {time} UTC - Spam 5", $"- Bob at {time} UTC - Spam 3", $"- Bob at {time} UTC - Spam 1",
            "nowhere would have refused 0 of the last 5 messages in main", "The word filter of main is empty");
    }

    [Fact]
    public async Task Of_more_than_a_thousand_messages_the_last_thousand_are_looked_at()
    {
        await using var store = new MemoryHistoryStore();
        Assert.True(RoomName.TryParse("main", out var main));
        Assert.True(UserName.TryParse("Zoe", out var zoe));
        store.Append([.. Enumerable.Range(1, 1002).Select(
            number => new HistoryEntry(main, number, DateTimeOffset.UnixEpoch, zoe, default, MessageKind.Text, number is 1 or 2 or 3 ? "spam"u8.ToArray() : "x"u8.ToArray()))]);
        await using var server = new TestServer(new ParleyOptions { HistoryReplay = 0 }, history: store);
        var ann = await server.EnterAsync("Ann");

        await ann.SendLineAsync("/filter try spam");

        await ann.ReadUntilContainsAsync("spam would have refused 1 of the last 1000 messages in main");
    }

    [Fact]
    public async Task Without_history_there_is_nothing_to_try_a_word_on()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");

        await ann.SendLineAsync("/filter try spam");

        await ann.ExpectAsync("This server keeps no history to try it on");
    }
}
