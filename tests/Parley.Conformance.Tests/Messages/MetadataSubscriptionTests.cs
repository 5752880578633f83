using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>https://ircv3.net/specs/extensions/metadata: what clients are told without asking.</summary>
public sealed class MetadataSubscriptionTests : MessageTest
{
    private const string Caps = "draft/metadata-2 batch";

    [Fact]
    [Quote(Metadata, "other clients in the channels they are joined to, and")]
    [Quote(Metadata, "By default, this subscription list is empty.")]
    public async Task Those_who_share_a_channel_and_want_to_know_are_told_once()
    {
        var (ann, bob) = await MeetAsync(Caps, Caps);
        var cid = await Server.RegisterAsync("Cid", Caps);
        var dan = await Server.JoinAsync("Dan", "#room", Caps);
        foreach (var client in new[] { ann, bob })
        {
            await client.AskAsync("JOIN #second");
            await client.SyncAsync();
        }

        await bob.AskAsync("METADATA * SUB display-name avatar");
        await cid.AskAsync("METADATA * SUB display-name");
        await ann.AskAsync("METADATA * SUB display-name");
        await dan.SyncAsync();

        Assert.Equal(["761"], (await ann.AskAsync("METADATA * SET display-name :Foo The First")).Select(line => line.Command));
        await ann.AskAsync("METADATA * SET unrelated :x");
        await ann.AskAsync("METADATA * SET display-name");

        Assert.Equal(
            [":Ann!~ann@localhost METADATA Ann display-name * :Foo The First", ":Ann!~ann@localhost METADATA Ann display-name *"],
            Bodies(await bob.SyncAsync()));
        await cid.ExpectNothingAsync();
        await dan.ExpectNothingAsync();
    }

    [Fact]
    [Quote(Metadata, "If a channel/user the client is receiving updates for changes one of the keys the client is subscribed to, they will receive a")]
    public async Task Those_in_a_channel_are_told_of_its_own()
    {
        var (ann, bob) = await MeetAsync(Caps, Caps);
        await bob.AskAsync("METADATA * SUB url");
        await ann.AskAsync("METADATA #room SET url :http://www.example.com");
        await bob.ExpectLineAsync(":Ann!~ann@localhost METADATA #room url * :http://www.example.com");
    }

    [Fact]
    public async Task What_changes_nothing_is_no_news()
    {
        var (ann, bob) = await MeetAsync(Caps, Caps);
        await bob.AskAsync("METADATA * SUB url");
        await ann.AskAsync("METADATA #room SET url :x");
        await ann.AskAsync("METADATA #room SET url :x");
        await ann.AskAsync("METADATA * SET url :x");
        await ann.AskAsync("METADATA * SET url :x");
        Assert.Equal(["#room", "Ann"], (await bob.SyncAsync()).Select(line => line.Parameters[0]));
    }

    [Fact]
    [Quote(Metadata, "If the client successfully subscribes to a key, or is already subscribed to a requested key, that key MUST appear in a `RPL_METADATASUBOK` reply numeric.")]
    [Quote(Metadata, "If the client successfully unsubscribes from a key, or is not subscribed to a requested key, that key MUST appear in a `RPL_METADATAUNSUBOK` reply numeric.")]
    [Quote(Metadata, "The server MUST NOT list the same key multiple times in a response to this subcommand.")]
    public async Task Subscriptions_are_made_listed_and_ended()
    {
        var ann = await Server.RegisterAsync("Ann", Caps);
        Assert.Equal([":parley 770 Ann avatar website foo"], Bodies(await ann.AskAsync("METADATA * SUB avatar website foo avatar")));
        Assert.Equal([":parley 770 Ann website bar"], Bodies(await ann.AskAsync("METADATA * SUB website bar")));
        Assert.Equal([":parley 771 Ann foo never"], Bodies(await ann.AskAsync("METADATA * UNSUB foo never")));
        var list = await ann.AskAsync("METADATA * SUBS");
        Assert.Equal("metadata-subs", list[0].Text);
        Assert.Equal(["avatar", "website", "bar"], list[1..^1].SelectMany(line => line.Parameters.Skip(1)));
    }

    [Fact]
    public async Task An_ended_subscription_is_quiet()
    {
        var (ann, bob) = await MeetAsync(Caps, Caps);
        await bob.AskAsync("METADATA * SUB url");
        await bob.AskAsync("METADATA * UNSUB url");
        await ann.AskAsync("METADATA * SET url :x");
        await bob.ExpectNothingAsync();
    }

    [Fact]
    [Quote(Metadata, "The `<key>` parameter of the `FAIL METADATA TOO_MANY_SUBS` reply MUST be this first key that the client could not subscribe to (so the client knows all keys sent after that one were not processed).")]
    public async Task There_are_so_many_and_no_more()
    {
        var ann = await Server.RegisterAsync("Ann", Caps);
        for (var i = 0; i < 48; i += 8)
        {
            await ann.AskAsync($"METADATA * SUB {string.Join(' ', Enumerable.Range(i, 8).Select(key => $"key{key}"))}");
        }

        var answer = await ann.AskAsync("METADATA * SUB email city country key0 baz");

        Assert.Equal([":parley 770 Ann email city"], Bodies(answer.Where(line => line.Command == "770")));
        Assert.Equal(["METADATA", "TOO_MANY_SUBS", "country"], answer.Single(line => line.Command == "FAIL").Parameters.Take(3));
    }

    [Fact]
    [Quote(Metadata, "On joining a channel, users will get the channel's current metadata sent to them with `METADATA` messages, and get the same information for all users who are in the channel.")]
    [Quote(Metadata, "Specifically, they get that information for the keys they are subscribed to.")]
    public async Task Whoever_joins_is_told_what_was_set_before()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Caps);
        await ann.AskAsync("METADATA * SET display-name :Foo The First");
        await ann.AskAsync("METADATA * SET secret :x");
        await ann.AskAsync("METADATA #room SET display-name :Hash Channel");
        var bob = await Server.RegisterAsync("Bob", Caps);
        await bob.AskAsync("METADATA * SUB display-name avatar");

        var told = (await bob.AskAsync("JOIN #room")).SkipWhile(line => line.Command != "BATCH").ToList();

        Assert.Equal(["metadata", "#room"], told[0].Parameters.Skip(1));
        Assert.Equal(
            [":parley METADATA #room display-name * :Hash Channel", ":parley METADATA Ann display-name * :Foo The First"], Bodies(told[1..^1]));
    }

    [Fact]
    public async Task Whoever_wants_to_know_nothing_is_told_nothing()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Caps);
        await ann.AskAsync("METADATA * SET display-name :Foo The First");
        var bob = await Server.RegisterAsync("Bob", Caps);
        Assert.DoesNotContain(await bob.AskAsync("JOIN #room"), line => line.Command is "BATCH" or "METADATA");
    }

    [Fact]
    [Quote(Metadata, "When subscribing to a key, clients SHOULD receive the current value of that key for channels/users they are receiving updates for.")]
    public async Task Whoever_asks_for_a_key_is_told_what_it_is_now()
    {
        var (ann, bob) = await MeetAsync(Caps, Caps);
        await ann.AskAsync("METADATA * SET display-name :Foo The First");
        var told = await bob.AskAsync("METADATA * SUB display-name");
        Assert.Equal(["770", "BATCH", "METADATA", "BATCH"], told.Select(line => line.Command));
        Assert.Equal(["Ann", "display-name", "*", "Foo The First"], told[2].Parameters);
    }

    [Fact]
    [Quote(Metadata, "Clients use this subcommand to receive all subscribed metadata from the given target.")]
    [Quote(Metadata, "If the target is a channel, it also syncs the metadata for all other users in that channel.")]
    [Quote(Metadata, "To enclose 0 or more `METADATA` commands in response to `METADATA SYNC`", "2025-08-17")]
    public async Task All_of_it_can_be_asked_for_again()
    {
        var (ann, bob) = await MeetAsync(Caps, Caps);
        await bob.AskAsync("METADATA * SUB display-name");
        await ann.AskAsync("METADATA * SET display-name :Foo");
        await ann.AskAsync("METADATA * SET other :x");
        await ann.AskAsync("METADATA #room SET display-name :Bar");
        await bob.SyncAsync();

        Assert.Equal(["#room", "Ann"], (await bob.AskAsync("METADATA #room SYNC"))[1..^1].Select(line => line.Parameters[0]));
        Assert.Equal(["Ann"], (await bob.AskAsync("METADATA Ann SYNC"))[1..^1].Select(line => line.Parameters[0]));
        Assert.Equal(2, (await bob.AskAsync("METADATA Bob SYNC")).Count);
    }

    [Fact]
    [Quote(Metadata, "To enclose 0 or more `METADATA` commands in response to a metadata-capable client completing connection registration and receiving its own metadata", "2025-08-17")]
    public async Task A_value_may_be_set_before_the_client_has_registered()
    {
        var ann = await Server.ConnectAsync();
        await ann.SendAllAsync("CAP LS 302", $"CAP REQ :{Caps}");
        await ann.SyncAsync();

        Assert.Equal([":parley 761 * * display-name * :Foo"], Bodies(await ann.AskAsync("METADATA * SET display-name :Foo")));
        Assert.Equal(["BATCH", "761", "BATCH"], (await ann.AskAsync("METADATA * LIST")).Select(line => line.Command));
        await ann.AskAsync("METADATA * SUB avatar");
        await ann.SendAllAsync("NICK Ann", "USER ann 0 * :Ann", "CAP END");

        var greeting = await ann.SyncAsync();
        var batch = greeting.SkipWhile(line => line.Command != "BATCH").TakeWhile(line => line.Command is "BATCH" or "METADATA").ToList();
        Assert.Equal(["metadata", "Ann"], batch[0].Parameters.Skip(1));
        Assert.Equal(["Ann", "display-name", "*", "Foo"], batch[1].Parameters);
        var bob = await Server.RegisterAsync("Bob", Caps);
        Assert.Equal("Foo", (await bob.AskAsync("METADATA Ann GET display-name"))[1].Text);
    }

    [Fact]
    [Quote(Metadata, "Clients SHOULD receive the current values of keys they are subscribed to when they")]
    [Quote(Metadata, "When subscribing to a key, clients SHOULD receive the current value of that key for channels/users they are receiving updates for.")]
    public async Task Of_those_who_are_monitored_the_values_of_now_are_told_too()
    {
        var ann = await Server.RegisterAsync("Ann", Caps);
        await ann.AskAsync("METADATA * SET url :here");
        await ann.AskAsync("METADATA * SET avatar :face");
        var bob = await Server.RegisterAsync("Bob", Caps);
        await bob.AskAsync("METADATA * SUB url");

        var answer = await bob.AskAsync("MONITOR + Ann,Nobody");

        Assert.Equal(["730", "731", "BATCH", "METADATA", "BATCH"], answer.Select(line => line.Command));
        Assert.Equal(["metadata", "Ann"], answer[2].Parameters.Skip(1));
        Assert.Equal(["Ann", "url", "*", "here"], answer[3].Parameters);
        Assert.Equal(["Ann", "avatar", "*", "face"], (await bob.AskAsync("METADATA * SUB avatar")).Single(line => line.Command == "METADATA").Parameters);
        await ann.SendAsync("QUIT");
        await ann.ReadToEndAsync();
        await bob.ReadUntilAsync("731");

        var again = await Server.ConnectAsync();
        await again.SendAllAsync("CAP LS 302", $"CAP REQ :{Caps}", "METADATA * SET url :there", "NICK Ann", "USER ann 0 * :Ann", "CAP END");
        await again.SyncAsync();

        Assert.Equal(["730", "METADATA"], (await bob.SyncAsync()).Select(line => line.Command));
    }

    [Theory]
    [InlineData("METADATA Ann SET url :x")]
    [InlineData("METADATA #room LIST")]
    public async Task Before_that_there_is_no_other_target(string line)
    {
        await Server.JoinAsync("Ann");
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("CAP LS 302", $"CAP REQ :{Caps}");
        await client.SyncAsync();
        Assert.Equal("INVALID_TARGET", Assert.Single(await client.AskAsync(line)).Parameters[1]);
    }
}
