using Parley.Conformance.Tests.Support;
using Parley.Core.Accounts;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.TestKit;

namespace Parley.Conformance.Tests.History;

/// <summary>A room that is renamed takes its history with it, for every reader by every way; under the old name a room begins without a past.</summary>
public sealed class RenamedRoomTests : HistoryTest
{
    private const string Rename = "https://ircv3.net/specs/extensions/channel-rename";
    private const string Ids = "https://ircv3.net/specs/extensions/message-ids";
    private const string All = $"{Full} draft/channel-rename soju.im/search draft/message-redaction draft/read-marker echo-message";

    private readonly MemoryHistoryStore _history = new();
    private readonly MemoryAccountStore _accounts = new();

    private protected override Task<IrcServer> StartAsync() => StartAsync(_history);

    [Fact]
    [Quote(Rename, "A channel rename preserves all channel state, such as membership, mode and topic.")]
    public async Task What_was_said_is_read_under_the_new_name_and_not_under_the_old_one()
    {
        var ann = await Server.JoinAsync("Ann", "#old", All);
        var said = await SayAsync(ann, "#old", 3);
        await ann.AskAsync("RENAME #old #new :moved");
        await ann.AskAsync("PRIVMSG #new :4");

        Assert.Equal(Numbers(1, 4), Texts(await HistoryAsync(ann, "LATEST #new * 10")));
        Assert.Equal(Numbers(1, 4), Texts(await HistoryAsync(ann, "AFTER #new timestamp=2000-01-01T00:00:00.000Z 10")));
        Assert.Equal(Numbers(1, 1), Texts((await ann.AskAsync("SEARCH in=#new;text=1")).Where(line => line.Command == "PRIVMSG")));
        Assert.Contains((await ann.AskAsync("CHATHISTORY TARGETS timestamp=2000-01-01T00:00:00.000Z timestamp=2030-01-01T00:00:00.000Z 10")), line => line.Parameters.Contains("#new"));
        await RefusedAsync(ann, "CHATHISTORY LATEST #old * 10", "CHATHISTORY", "INVALID_TARGET", "LATEST", "#old");
        Assert.Equal(Numbers(1, 3), said.Select(line => line.Text));
    }

    [Fact]
    [Quote(Ids, "A message ID MUST uniquely identify a message")]
    public async Task A_message_keeps_the_id_that_it_was_shown_with_and_is_found_by_it()
    {
        var ann = await Server.JoinAsync("Ann", "#old", All);
        var said = await SayAsync(ann, "#old", 3);
        await ann.AskAsync($"@+draft/react=a;+reply={said[0].Tags["msgid"]} TAGMSG #old");
        await ann.AskAsync("RENAME #old #new :moved");
        await ann.AskAsync($"@+draft/react=b;+reply={said[0].Tags["msgid"]} TAGMSG #new");
        var last = (await ann.AskAsync("PRIVMSG #new :4"))[0];
        var eve = await Server.JoinAsync("Eve", "#old", All);
        var other = (await eve.AskAsync("PRIVMSG #old :another room"))[0];

        var page = await HistoryAsync(ann, "LATEST #new * 10");
        Assert.Equal([.. said.Select(line => line.Tags["msgid"]), last.Tags["msgid"]], page.Where(line => line.Command == "PRIVMSG").Select(line => line.Tags["msgid"]));
        Assert.Equal(["1", "a", "b", "2", "3", "4"], page.Where(line => line.Command is "PRIVMSG" or "TAGMSG").Select(line => line.Command == "PRIVMSG" ? line.Text : line.Tags["+draft/react"]));
        Assert.Equal(Numbers(3, 4), Texts((await HistoryAsync(ann, $"AFTER #new msgid={said[1].Tags["msgid"]} 10")).Where(line => line.Command == "PRIVMSG")));
        await RefusedAsync(ann, $"CHATHISTORY AFTER #new msgid={other.Tags["msgid"]} 10", "CHATHISTORY", "MESSAGE_ERROR", "AFTER", "#new", $"msgid={other.Tags["msgid"]}");
        Assert.Equal(["another room"], Texts(await HistoryAsync(eve, $"AROUND #old msgid={said[1].Tags["msgid"]} 10")));
        Assert.Empty(new[] { other.Tags["msgid"] }.Intersect(page.Where(line => line.Tags.ContainsKey("msgid")).Select(line => line.Tags["msgid"])));
    }

    [Fact]
    public async Task A_message_is_taken_back_by_the_id_that_it_was_shown_with()
    {
        var ann = await Server.JoinAsync("Ann", "#old", All);
        var said = await SayAsync(ann, "#old", 2);
        await ann.AskAsync("RENAME #old #new :moved");
        var id = said[0].Tags["msgid"];

        await RefusedAsync(ann, "REDACT #new new.1", "REDACT", "UNKNOWN_MSGID", "#new", "new.1");
        Assert.Equal($":Ann!~ann@localhost REDACT #new {id} :oops", Assert.Single(await ann.AskAsync($"REDACT #new {id} :oops")).Body);

        Assert.Equal(["2"], Texts((await HistoryAsync(ann, "LATEST #new * 10")).Where(line => line.Command == "PRIVMSG")));
        var bob = await Server.JoinAsync("Bob", "#new", $"{All} draft/event-playback");
        Assert.Contains(await HistoryAsync(bob, "LATEST #new * 10"), line => line.Body == $":Ann!~ann@localhost REDACT #new {id} :oops");
    }

    [Fact]
    public async Task Newcomers_are_shown_the_past_under_the_new_name_and_none_under_the_old_one()
    {
        var ann = await Server.JoinAsync("Ann", "#old", All);
        await SayAsync(ann, "#old", 2);
        await ann.AskAsync("RENAME #old #new :moved");

        var bob = await Server.RegisterAsync("Bob", "batch server-time message-tags");
        Assert.Equal(Numbers(1, 2), Texts((await bob.AskAsync("JOIN #new")).Where(line => line.Command == "PRIVMSG")));
        Assert.DoesNotContain(await bob.AskAsync("JOIN #old"), line => line.Command is "PRIVMSG" or "NOTICE");
        var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLinesAsync("/join old", "/history", "/search 1", "/join new", "/history");
        await lena.ExpectAsync("You joined old", "History - none", "History - none", "You joined new", "History - earlier messages in new");
        await lena.ExpectAsync("[12:00] Ann: 1", "[12:00] Ann: 2", "History - end");
    }

    [Fact]
    public async Task Who_left_before_is_shown_only_what_it_was_not_sent()
    {
        var ann = await Server.JoinAsync("Ann", "#old", All);
        var bob = await Server.JoinAsync("Bob", "#old", "batch server-time message-tags");
        await ann.SyncAsync();
        await SayAsync(ann, "#old", 2);
        await bob.AskAsync("PART #old");
        await ann.SyncAsync();
        await SayAsync(ann, "#old", 1, first: 3);
        await ann.AskAsync("RENAME #old #new :moved");
        await ann.AskAsync("PRIVMSG #new :4");

        Assert.Equal(Numbers(3, 4), Texts((await bob.AskAsync("JOIN #new")).Where(line => line.Command == "PRIVMSG")));
        await bob.AskAsync("PART #new");
        Assert.Empty(Texts((await bob.AskAsync("JOIN #new")).Where(line => line.Command == "PRIVMSG")));

        // What it was sent of the room that has the name now says nothing about what was said in the other.
        var eve = await Server.JoinAsync("Eve", "#old", All);
        await SayAsync(eve, "#old", 20);
        var cyd = await Server.JoinAsync("Cyd", "#old", "batch server-time message-tags");
        await cyd.AskAsync("PART #old");
        Assert.Equal(Numbers(1, 4), Texts((await cyd.AskAsync("JOIN #new")).Where(line => line.Command == "PRIVMSG")));
    }

    [Fact]
    public async Task A_name_with_a_history_of_its_own_is_refused_by_one_clear_error()
    {
        var eve = await Server.JoinAsync("Eve", "#new", All);
        await SayAsync(eve, "#new", 1);
        await eve.AskAsync("PART #new");
        var ann = await Server.JoinAsync("Ann", "#old", All);
        await SayAsync(ann, "#old", 2);

        Assert.Equal(
            [":parley FAIL RENAME CHANNEL_NAME_IN_USE #old #new :#new has a history of its own, choose another name"],
            (await ann.AskAsync("RENAME #old #new")).Select(line => line.Body));

        Assert.Equal(Numbers(1, 2), Texts(await HistoryAsync(ann, "LATEST #old * 10")));
        await eve.AskAsync("JOIN #new");
        Assert.Equal(Numbers(1, 1), Texts(await HistoryAsync(eve, "LATEST #new * 10")));
    }

    [Fact]
    public async Task A_name_under_which_only_a_room_had_history_that_kept_others_out_is_free_and_none_of_that_is_read()
    {
        var eve = await Server.JoinAsync("Eve", "#new", All);
        await eve.AskAsync("MODE #new +k sesame");
        await eve.AskAsync("PRIVMSG #new :the SECRET");
        await eve.AskAsync("PART #new");
        var ann = await Server.JoinAsync("Ann", "#old", All);
        await SayAsync(ann, "#old", 2);

        Assert.Equal("RENAME", Assert.Single(await ann.AskAsync("RENAME #old #new")).Command);
        Assert.Equal(Numbers(1, 2), Texts((await HistoryAsync(ann, "LATEST #new * 10")).Where(line => line.Command == "PRIVMSG")));
        Assert.DoesNotContain(await ann.AskAsync("SEARCH in=#new;text=SECRET"), line => line.Command == "PRIVMSG");
    }

    [Fact]
    public async Task What_was_said_behind_a_key_is_read_by_its_members_under_the_new_name_and_by_nobody_else()
    {
        var ann = await Server.JoinAsync("Ann", "#old", All);
        await ann.AskAsync("MODE #old +k sesame");
        await SayAsync(ann, "#old", 2);
        await ann.AskAsync("RENAME #old #new :moved");
        var eve = await Server.JoinAsync("Eve", "#old", All);

        Assert.Equal(Numbers(1, 2), Texts((await HistoryAsync(ann, "LATEST #new * 10")).Where(line => line.Command == "PRIVMSG")));
        Assert.Empty(await HistoryAsync(eve, "LATEST #old * 10"));
        Assert.Equal("475", Assert.Single(await eve.AskAsync("JOIN #new")).Command);
        await ann.AskAsync("PART #new");
        await eve.AskAsync("JOIN #new");
        Assert.DoesNotContain(await HistoryAsync(eve, "LATEST #new * 10"), line => line.Command == "PRIVMSG");
    }

    [Fact]
    public async Task After_a_restart_it_is_all_as_it_was()
    {
        var ann = await Server.JoinAsync("Ann", "#old", All);
        var said = await SayAsync(ann, "#old", 2);
        await ann.AskAsync("RENAME #old #new :moved");
        await ann.AskAsync("PRIVMSG #new :3");
        var stopping = Server.StopAsync();
        await ann.ReadToEndAsync();
        await ann.DisposeAsync();
        await stopping;

        await using var again = await StartAsync(_history);
        var bob = await again.JoinAsync("Bob", "#new,#old", All);
        var page = await HistoryAsync(bob, "LATEST #new * 10");
        Assert.Equal(Numbers(1, 3), Texts(page.Where(line => line.Command == "PRIVMSG")));
        Assert.Equal(said.Select(line => line.Tags["msgid"]), page.Where(line => line.Command == "PRIVMSG").Take(2).Select(line => line.Tags["msgid"]));
        Assert.Equal(Numbers(2, 3), Texts((await HistoryAsync(bob, $"AFTER #new msgid={said[0].Tags["msgid"]} 10")).Where(line => line.Command == "PRIVMSG")));
        Assert.Empty(await HistoryAsync(bob, "LATEST #old * 10"));
    }

    [Fact]
    public async Task Where_the_store_fails_nothing_is_renamed_and_the_person_is_told()
    {
        var store = new FailingStore();
        await using var server = await StartAsync(store);
        var ann = await server.JoinAsync("Ann", "#old", All);
        var bob = await server.JoinAsync("Bob", "#old", All);
        await ann.SyncAsync();
        await SayAsync(ann, "#old", 1);
        store.FailsToKeep = true;

        var told = await ann.AskAsync("RENAME #old #new :moved");

        Assert.Equal("FAIL RENAME CANNOT_RENAME #old #new", string.Join(' ', told.Where(line => line.Command == "FAIL").Select(line => $"FAIL {string.Join(' ', line.Parameters.SkipLast(1))}")));
        Assert.DoesNotContain(await bob.SyncAsync(), line => line.Command == "RENAME");
        Assert.Equal(Numbers(1, 1), Texts(await HistoryAsync(bob, "LATEST #old * 10")));
        Assert.Equal("403", Assert.Single(await ann.AskAsync("MODE #new")).Command);
    }

    [Fact]
    public async Task Whoever_has_read_a_room_has_read_it_under_its_new_name()
    {
        var ann = await Server.JoinAsync("Ann", "#old", All);
        var bob = await Server.JoinAsync("Bob", "#old", All);
        var cyd = await Server.JoinAsync("Cyd", "#old", "batch server-time draft/read-marker");
        foreach (var client in new[] { bob, cyd })
        {
            await client.AskAsync("MARKREAD #old timestamp=2026-05-31T10:20:30.456Z");
        }

        await bob.AskAsync("PART #old");
        await ann.AskAsync("RENAME #old #new :moved");

        // One that is away, one that is shown a room left and another joined, and one of another room of the old name, behind the renaming.
        Assert.Equal(":parley MARKREAD #new *", Assert.Single(await bob.AskAsync("MARKREAD #new")).Body);
        Assert.Contains(await bob.AskAsync("JOIN #new"), line => line.Body == ":parley MARKREAD #new timestamp=2026-05-31T10:20:30.456Z");
        Assert.Contains(await cyd.SyncAsync(), line => line.Body == ":parley MARKREAD #new timestamp=2026-05-31T10:20:30.456Z");
        var renamedAt = Server.Time.GetUtcNow();
        Server.Time.Advance(TimeSpan.FromSeconds(30));
        await bob.AskAsync("JOIN #old");
        await bob.AskAsync("MARKREAD #old timestamp=2026-06-01T12:00:20.000Z");
        Assert.Equal($":parley MARKREAD #new timestamp={renamedAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}", Assert.Single(await bob.AskAsync("MARKREAD #new")).Body);
    }

    [Fact]
    public async Task A_search_on_lines_goes_on_behind_a_renaming()
    {
        var ann = await Server.JoinAsync("Ann", "#old", All);
        var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLineAsync("/join old");
        await lena.ExpectAsync("You joined old");
        for (var i = 0; i < 101; i++)
        {
            await ann.SendAsync($"PRIVMSG #old :apple {i}");
        }

        await ann.SyncAsync();
        await lena.SendLineAsync("/search apple");
        await lena.ReadUntilAsync("History - end, for more: /search");
        await ann.AskAsync("RENAME #old #new :moved");
        await lena.ExpectAsync("Ann renamed the room (moved)", "You joined new");

        await lena.SendLineAsync("/search");

        await lena.ReadUntilAsync("[12:00] Ann: apple 0");
    }

    private Task<IrcServer> StartAsync(IHistoryStore store) => IrcServer.StartAsync(options => options.HistoryReplay = 20, history: store, accounts: _accounts);
}
