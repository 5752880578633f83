using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>https://github.com/ircv3/ircv3-specifications/pull/613 (<c>draft/metadata-3</c>), a proposal: the text of June 2026, which Ergo 2.19 follows</summary>
public sealed class Metadata3Tests : MessageTest
{
    private const string Proposal = "https://github.com/ircv3/ircv3-specifications/pull/613";
    private const string Date = "2026-06";
    private const string Caps = "batch draft/metadata-3";

    [Fact]
    [Quote(Proposal, "`max-key-bytes`: The maximum size of keys a client is allowed to set.", Date)]
    public async Task Clients_are_told_how_long_a_key_may_be()
    {
        var client = await Server.ConnectAsync();

        var offer = (await client.AskAsync("CAP LS 302")).SelectMany(line => line.Text.Split(' ')).Single(name => name.StartsWith("draft/metadata-3=", StringComparison.Ordinal));

        Assert.Contains("max-key-bytes=50", offer.Split('=', 2)[1].Split(','));
        var ann = await Server.RegisterAsync("Ann", Caps);
        Assert.Equal("761", Assert.Single(await ann.AskAsync($"METADATA * SET {new string('k', 50)} :x")).Command);
        Assert.Equal("INVALID_KEY", Assert.Single(await ann.AskAsync($"METADATA * SET {new string('k', 51)} :x")).Parameters[1]);
    }

    [Theory]
    [InlineData("CAP REQ :batch draft/metadata-2 draft/metadata-3")]
    [InlineData("CAP REQ :batch draft/metadata-2", "CAP REQ draft/metadata-3")]
    [Quote(Proposal, "Clients MUST NOT request more than one of `metadata-notify`, `draft/metadata-2`, and `draft/metadata-3`. Servers MUST NOT accept these requests either.", Date)]
    public async Task Nobody_has_both_versions(params string[] requests)
    {
        var client = await Server.ConnectAsync();
        foreach (var request in requests.SkipLast(1))
        {
            await client.AskAsync(request);
        }

        Assert.Equal("NAK", Assert.Single(await client.AskAsync(requests[^1])).Parameters[1]);

        Assert.DoesNotContain("draft/metadata-3", Assert.Single(await client.AskAsync("CAP LIST")).Text.Split(' '));
        Assert.Equal("ACK", Assert.Single(await client.AskAsync("CAP REQ :batch -draft/metadata-2 draft/metadata-3")).Parameters[1]);
    }

    [Fact]
    [Quote(Proposal, "These updates will be either a `761 RPL_KEYVALUE` indicating the key on the target was set to a particular value or a `766 RPL_KEYNOTSET` indicating that the key was removed from the target.", Date)]
    public async Task Changes_are_told_by_the_numerics_of_answers()
    {
        var (ann, bob) = await MeetAsync(Caps, Caps);
        await bob.AskAsync("METADATA * SUB url");

        await ann.AskAsync("METADATA * SET url :x");
        await ann.AskAsync("METADATA * SET url");
        await ann.AskAsync("METADATA #room SET url :y");

        Assert.Equal(
            [":parley 761 Bob Ann url * :x", ":parley 766 Bob Ann url :Key is not set", ":parley 761 Bob #room url * :y"], Bodies(await bob.SyncAsync()));
    }

    [Fact]
    [Quote(Proposal, "If the Value parameter is omitted or is an empty string, the key is removed.", Date)]
    [Quote(Proposal, "It is not an error if a client attempts to set a key to its current value or remove a nonexistent key", Date)]
    public async Task An_empty_value_is_none()
    {
        var ann = await Server.RegisterAsync("Ann", Caps);
        await ann.AskAsync("METADATA * SET url :x");

        Assert.Equal([":parley 766 Ann Ann url :Key is not set"], Bodies(await ann.AskAsync("METADATA * SET url :")));
        Assert.Equal([":parley 766 Ann Ann url :Key is not set"], Bodies(await ann.AskAsync("METADATA * SET url")));
        Assert.Equal(2, (await ann.AskAsync("METADATA * LIST")).Count);
    }

    [Fact]
    [Quote(Proposal, "`WARN METADATA INVALID_KEY` indicating the key contains invalid characters or is otherwise considered invalid by the server", Date)]
    [Quote(Proposal, "The ordering of responses within the batch MUST match the order keys were specified by the client.", Date)]
    public async Task A_key_that_will_not_do_among_others_is_a_warning()
    {
        var ann = await Server.RegisterAsync("Ann", Caps);
        await ann.AskAsync("METADATA * SET url :x");

        Assert.Equal(["BATCH", "766", "WARN", "761", "BATCH"], (await ann.AskAsync("METADATA * GET blargh $plot url")).Commands());
        Assert.Equal(["WARN", "770", "BATCH", "BATCH"], (await ann.AskAsync("METADATA * SUB $plot url")).Commands());
        Assert.Equal(["WARN", "771"], (await ann.AskAsync("METADATA * UNSUB $plot url")).Commands());
    }

    [Theory]
    [InlineData("SUB url")]
    [InlineData("UNSUB url")]
    [InlineData("SUBS")]
    [Quote(Proposal, "If the `<Target>` parameter is not an asterisk (`*`) or the client's nickname, the server MUST fail the request with `FAIL METADATA INVALID_TARGET`.", Date)]
    public async Task Nobody_subscribes_for_another(string subcommand)
    {
        var (ann, _) = await MeetAsync(Caps, Caps);

        foreach (var target in new[] { "Bob", "#room", "Nobody" })
        {
            Assert.Equal(["METADATA", "INVALID_TARGET", target], Assert.Single(await ann.AskAsync($"METADATA {target} {subcommand}")).Parameters.Take(3));
        }

        Assert.DoesNotContain("FAIL", (await ann.AskAsync($"METADATA ann {subcommand}")).Commands());
    }

    [Fact]
    [Quote(Proposal, "the server MUST then either send a `metadata` batch with `*ALL` as its parameter containing the current values of all newly-subscribed keys visible to the user for all visible targets", Date)]
    [Quote(Proposal, "If the target is an asterisk followed by uppercase \"ALL\" (`*ALL`), it synchronizes metadata for all visible targets.", Date)]
    public async Task Whoever_subscribes_is_told_what_is_new_to_it_and_may_ask_for_all_again()
    {
        var (ann, bob) = await MeetAsync(Caps, Caps);
        await ann.AskAsync("METADATA * SET url :x");
        await ann.AskAsync("METADATA * SET avatar :face");
        await ann.AskAsync("METADATA #room SET url :y");
        var cid = await Server.RegisterAsync("Cid", Caps);
        await cid.AskAsync("METADATA * SET url :z");
        await bob.AskAsync("MONITOR + Cid");

        var told = await bob.AskAsync("METADATA * SUB url");

        Assert.Equal(["metadata", "*ALL"], told[1].Parameters.Skip(1));
        string[] urls = [":parley 761 Bob #room url * :y", ":parley 761 Bob Ann url * :x", ":parley 761 Bob Cid url * :z"];
        Assert.Equal(urls, Bodies(told[2..^1]));
        Assert.Equal([":parley 761 Bob Ann avatar * :face"], Bodies((await bob.AskAsync("METADATA * SUB url avatar"))[2..^1]));
        Assert.Equal(["770"], (await bob.AskAsync("METADATA * SUB url avatar")).Commands());
        Assert.Equal([urls[0], urls[1], ":parley 761 Bob Ann avatar * :face", urls[2]], Bodies((await bob.AskAsync("METADATA *ALL SYNC"))[1..^1]));
    }

    [Fact]
    [Quote(Proposal, "or a `774 RPL_METADATASYNCLATER` message with `*ALL` as its `<Target>` to indicate postponed synchronization", Date)]
    public async Task Whoever_is_in_a_large_room_asks_for_all_later()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Caps);
        await ann.AskAsync("METADATA * SET url :x");
        for (var i = 0; i < 100; i++)
        {
            await Server.JoinAsync($"Other{i}");
        }

        var bob = await Server.RegisterAsync("Bob", Caps);
        Assert.Contains(":parley 774 Bob #room 0 :Ask for it with SYNC", Bodies(await bob.AskAsync("JOIN #room")));
        Assert.Equal([":parley 770 Bob url", ":parley 774 Bob *ALL 0 :Ask for it with SYNC"], Bodies(await bob.AskAsync("METADATA * SUB url")));
        Assert.Equal([":parley 761 Bob Ann url * :x"], Bodies((await bob.AskAsync("METADATA *ALL SYNC"))[1..^1]));
    }

    [Fact]
    [Quote(Proposal, "When a metadata-aware client joins a channel, the server MUST send either a `metadata` batch containing the channel's metadata as well as the metadata for all users on the channel or a `774 RPL_METADATASYNCLATER` message", Date)]
    [Quote(Proposal, "If the server sends a batch, the batch MUST be identical to what would be returned if `METADATA SYNC` was issued against that channel.", Date)]
    public async Task Whoever_joins_is_told_even_that_there_is_nothing()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Caps);
        await ann.AskAsync("METADATA * SET url :x");
        var bob = await Server.RegisterAsync("Bob", Caps);

        Assert.Equal([["metadata", "#room"]], (await bob.AskAsync("JOIN #room")).Of("BATCH").Where(line => line.Parameters.Count > 1).Select(line => line.Parameters.Skip(1)));
        await bob.AskAsync("METADATA * SUB url");
        await bob.AskAsync("PART #room");
        var told = (await bob.AskAsync("JOIN #room")).SkipWhile(line => line.Command != "BATCH").ToList();

        Assert.Equal([":parley 761 Bob Ann url * :x"], Bodies(told[1..^1]));
        Assert.Equal(Bodies(told[1..^1]), Bodies((await bob.AskAsync("METADATA #room SYNC"))[1..^1]));
    }

    [Fact]
    [Quote(Proposal, "the server MUST additionally send either a `metadata` batch containing the monitored user's metadata to the client or a `774 RPL_METADATASYNCLATER` message to indicate postponed synchronization.", Date)]
    public async Task With_whoever_is_monitored_comes_what_it_has_set_or_that_it_can_be_asked_for()
    {
        var bob = await Server.RegisterAsync("Bob", Caps);
        await bob.AskAsync("METADATA * SUB url");
        var ann = await Server.RegisterAsync("Ann", Caps);
        await ann.AskAsync("METADATA * SET url :x");

        var answer = await bob.AskAsync("MONITOR + Ann,Cid");

        Assert.Equal(["730", "731", "BATCH", "761", "BATCH"], answer.Commands());
        await Server.RegisterAsync("Cid");
        Assert.Equal([":parley 730 Bob :Cid!~cid@localhost", ":parley 774 Bob Cid 0 :Ask for it with SYNC"], Bodies(await bob.SyncAsync()));
    }

    [Fact]
    [Quote(Proposal, "servers MUST send clients a list of their current metadata", Date)]
    [Quote(Proposal, "If a client removes this capability or the batch capability from themselves, servers MUST clear that client's subscription list.", Date)]
    public async Task What_was_set_before_registration_is_told_and_subscriptions_go_with_the_capability()
    {
        var ann = await Server.ConnectAsync();
        await ann.SendAllAsync("CAP LS 302", $"CAP REQ :{Caps}", "METADATA * SUB url", "METADATA * SET url :x", "NICK Ann", "USER ann 0 * :Ann", "CAP END");
        ann.Nick = "Ann";
        Assert.Contains(":parley 761 Ann Ann url * :x", Bodies(await ann.SyncAsync()));
        Assert.Equal(["BATCH", "772", "BATCH"], (await ann.AskAsync("METADATA * SUBS")).Commands());

        foreach (var capability in new[] { "draft/metadata-3", "batch" })
        {
            await ann.AskAsync($"CAP REQ -{capability}");
            await ann.AskAsync($"CAP REQ {capability}");
            Assert.Equal(["BATCH", "BATCH"], (await ann.AskAsync("METADATA * SUBS")).Commands());
            await ann.AskAsync("METADATA * SUB url");
        }
    }
}
