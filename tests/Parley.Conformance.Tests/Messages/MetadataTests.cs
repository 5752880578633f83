using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>https://ircv3.net/specs/extensions/metadata: what is set, and read when asked for.</summary>
public sealed class MetadataTests : MessageTest
{
    private const string Caps = "draft/metadata-2 batch";

    [Fact]
    [Quote(Metadata, "The `draft/metadata-2` capability indicates that a server supports metadata, and provides any limits and information about the system that clients must be aware of.")]
    public async Task Clients_are_told_the_limits()
    {
        var client = await Server.ConnectAsync();
        Assert.Contains(
            "draft/metadata-2=before-connect,max-subs=50,max-keys=20,max-value-bytes=300", (await client.AskAsync("CAP LS 302")).SelectMany(line => line.Text.Split(' ')));
    }

    [Theory]
    [InlineData("*", "Ann")]
    [InlineData("ann", "*")]
    [Quote(Metadata, "Clients SHOULD use the asterisk symbol (`*`) when targeting their own nickname.")]
    [Quote(Metadata, "If the request is successful, the server carries out the requested change and responds with one `RPL_KEYVALUE` event, representing the new value if any, or `RPL_KEYNOTSET` if not.")]
    public async Task A_user_sets_a_value_on_itself(string set, string get)
    {
        var ann = await Server.RegisterAsync("Ann", Caps);
        Assert.Equal([":parley 761 Ann Ann url * :http://www.example.com"], Bodies(await ann.AskAsync($"METADATA {set} SET url :http://www.example.com")));
        AssertBatch(await ann.AskAsync($"METADATA {get} GET url"), "Ann", ":parley 761 Ann Ann url * :http://www.example.com");
    }

    [Fact]
    [Quote(Metadata, "Values can take any form, but MUST be encoded using UTF-8.")]
    public async Task A_value_may_be_any_text()
    {
        var ann = await Server.RegisterAsync("Ann", Caps);
        foreach (var value in new[] { "->\U0001F49C<-", "  two  spaces ", ":", "\u4e2d" })
        {
            await ann.AskAsync($"METADATA * SET display-name :{value}");
            Assert.Equal(value, (await ann.AskAsync("METADATA * GET display-name"))[1].Text);
        }
    }

    [Fact]
    [Quote(Metadata, "If no value is given, the key is removed.")]
    public async Task A_value_is_taken_away()
    {
        var ann = await Server.RegisterAsync("Ann", Caps);
        await ann.AskAsync("METADATA * SET url :x");
        Assert.Equal([":parley 766 Ann Ann url :Key is not set"], Bodies(await ann.AskAsync("METADATA * SET url")));
        AssertBatch(await ann.AskAsync("METADATA * GET url"), "Ann", ":parley 766 Ann Ann url :Key is not set");
        Assert.Equal(["METADATA", "KEY_NOT_SET", "Ann", "url"], Fail(await ann.AskAsync("METADATA * SET url")).Take(4));
    }

    [Fact]
    [Quote(Metadata, "Multiple keys may be given.")]
    [Quote(Metadata, "for every key in order.")]
    public async Task Several_keys_are_answered_in_order()
    {
        var ann = await Server.RegisterAsync("Ann", Caps);
        await ann.AskAsync("METADATA * SET im.xmpp :user1@xmpp.example.com");
        var answer = await ann.AskAsync("METADATA Ann GET blargh $plot im.xmpp");
        Assert.Equal(["BATCH", "766", "FAIL", "761", "BATCH"], answer.Select(line => line.Command));
        Assert.Equal("KEY_INVALID", answer[2].Parameters[1]);
    }

    [Fact]
    [Quote(Metadata, "If the target is valid, the response is a `metadata` batch containing zero or more `RPL_KEYVALUE` events.")]
    public async Task A_list_has_all()
    {
        var ann = await Server.RegisterAsync("Ann", Caps);
        AssertBatch(await ann.AskAsync("METADATA * LIST"), "Ann");
        await ann.AskAsync("METADATA * SET b :2");
        await ann.AskAsync("METADATA * SET a :1");
        AssertBatch(await ann.AskAsync("METADATA * LIST"), "Ann", ":parley 761 Ann Ann a * :1", ":parley 761 Ann Ann b * :2");
    }

    [Fact]
    [Quote(Metadata, "This subcommand removes all metadata from the target, equivalently to using `METADATA SET` on all currently-set keys with no value.", "2025-08-17")]
    [Quote(Metadata, "If the request is successful, the server responds with a `metadata` batch containing one `RPL_KEYVALUE` event per cleared key, and failure messages if any.")]
    public async Task All_is_cleared()
    {
        var ann = await Server.RegisterAsync("Ann", Caps);
        await ann.AskAsync("METADATA * SET b :2");
        await ann.AskAsync("METADATA * SET a :1");
        AssertBatch(await ann.AskAsync("METADATA * CLEAR"), "Ann", ":parley 766 Ann Ann a :Key is not set", ":parley 766 Ann Ann b :Key is not set");
        AssertBatch(await ann.AskAsync("METADATA * LIST"), "Ann");
    }

    [Fact]
    [Quote(Metadata, "Clients can set/delete metadata on themselves, and on channels they administer.")]
    public async Task An_operator_sets_a_value_on_a_channel_and_others_read_it()
    {
        var (ann, bob) = await MeetAsync(Caps, Caps);
        Assert.Equal([":parley 761 Ann #room url * :x"], Bodies(await ann.AskAsync("METADATA #ROOM SET url :x")));
        AssertBatch(await bob.AskAsync("METADATA #room GET url"), "#room", ":parley 761 Bob #room url * :x");
        AssertBatch(await bob.AskAsync("METADATA Ann LIST"), "Ann");
    }

    [Theory]
    [InlineData("METADATA #room SET url :x", "#room url")]
    [InlineData("METADATA Ann SET url :x", "Ann url")]
    [InlineData("METADATA #room CLEAR", "#room *")]
    [InlineData("METADATA Ann CLEAR", "Ann *")]
    [Quote(Metadata, "If the user cannot set keys on the given target, the server responds with `FAIL METADATA KEY_NO_PERMISSION` and fails the request.")]
    [Quote(Metadata, "If the user cannot clear keys on the given target, the server responds with `FAIL METADATA KEY_NO_PERMISSION` with an asterisk (`*`) in the `<Key>` field and fails the request.")]
    public async Task Nobody_else_may(string line, string context)
    {
        var (ann, bob) = await MeetAsync(Caps, Caps);
        await ann.AskAsync("METADATA #room SET kept :x");
        await ann.AskAsync("METADATA * SET kept :x");

        Assert.Equal(["METADATA", "KEY_NO_PERMISSION", .. context.Split(' ')], Fail(await bob.AskAsync(line)).Take(4));

        Assert.Equal(3, (await bob.AskAsync("METADATA #room LIST")).Count);
        Assert.Equal(3, (await bob.AskAsync("METADATA Ann LIST")).Count);
    }

    [Theory]
    [InlineData("METADATA Nobody LIST", "Nobody")]
    [InlineData("METADATA #nowhere GET url", "#nowhere")]
    [InlineData("METADATA $a:user SET url :x", "$a:user")]
    [InlineData("METADATA foo! CLEAR", "foo!")]
    [InlineData("METADATA #nowhere SYNC", "#nowhere")]
    [Quote(Metadata, "If the target is not valid, ONLY a `FAIL METADATA INVALID_TARGET` reply is sent.")]
    public async Task A_target_that_is_not_there_is_named(string line, string target)
    {
        var ann = await Server.RegisterAsync("Ann", Caps);
        Assert.Equal(["METADATA", "INVALID_TARGET", target], Fail(await ann.AskAsync(line)).Take(3));
    }

    [Theory]
    [InlineData("$url$")]
    [InlineData("Url")]
    [InlineData("a:b")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [Quote(Metadata, "If the key is invalid, the server responsds with `FAIL METADATA KEY_INVALID` and fails the request.")]
    public async Task A_key_has_only_certain_characters(string key)
    {
        var ann = await Server.RegisterAsync("Ann", Caps);
        Assert.Equal(["METADATA", "KEY_INVALID", key], Fail(await ann.AskAsync($"METADATA * SET {key} :x")).Take(3));
        Assert.Equal(["METADATA", "KEY_INVALID", key], Fail(await ann.AskAsync($"METADATA * SUB {key}")).Take(3));
    }

    [Fact]
    public async Task A_value_that_is_too_long_is_refused_and_the_longest_one_is_shown_whole()
    {
        var ann = await Server.RegisterAsync("Ann", Caps);
        var longest = new string('x', 300);
        await ann.AskAsync($"METADATA * SET url :{longest}");
        Assert.Equal(longest, (await ann.AskAsync("METADATA * GET url"))[1].Text);
        Assert.Equal("VALUE_INVALID", Fail(await ann.AskAsync($"METADATA * SET url :{longest}x"))[1]);
        Assert.Equal(longest, (await ann.AskAsync("METADATA * GET url"))[1].Text);
    }

    [Theory]
    [InlineData("*", "Ann")]
    [InlineData("#room", "#room")]
    public async Task There_are_so_many_keys_and_no_more(string target, string shown)
    {
        var (ann, _) = await MeetAsync(Caps);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("761", Assert.Single(await ann.AskAsync($"METADATA {target} SET key{i} :x")).Command);
        }

        Assert.Equal(["METADATA", "LIMIT_REACHED", shown], Fail(await ann.AskAsync($"METADATA {target} SET another :x")).Take(3));
        Assert.Equal("761", Assert.Single(await ann.AskAsync($"METADATA {target} SET key0 :y")).Command);
        await ann.AskAsync($"METADATA {target} SET key1");
        Assert.Equal("761", Assert.Single(await ann.AskAsync($"METADATA {target} SET another :x")).Command);
    }

    [Theory]
    [InlineData("METADATA", "461")]
    [InlineData("METADATA *", "461")]
    [InlineData("METADATA * GET", "461")]
    [InlineData("METADATA * SET", "461")]
    [InlineData("METADATA * SUB", "461")]
    [InlineData("METADATA * SNEEZE", "FAIL")]
    public async Task What_makes_no_sense_is_refused(string line, string command)
    {
        var ann = await Server.RegisterAsync("Ann", Caps);
        Assert.Equal(command, Assert.Single(await ann.AskAsync(line)).Command);
    }

    [Fact]
    [Quote(Metadata, "Clients MUST request this capability in order to receive `METADATA` notifications.")]
    public async Task Whoever_has_not_negotiated_it_has_no_such_command()
    {
        var ann = await Server.RegisterAsync("Ann", "batch");
        Assert.Equal("421", Assert.Single(await ann.AskAsync("METADATA * LIST")).Command);
    }

    [Fact]
    public async Task A_channel_that_is_gone_has_forgotten()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Caps);
        await ann.AskAsync("METADATA #room SET url :x");
        await ann.AskAsync("PART #room");
        await ann.AskAsync("JOIN #room");
        AssertBatch(await ann.AskAsync("METADATA #room LIST"), "#room");
    }

    [Fact]
    public async Task A_user_keeps_its_values_through_a_rename_and_not_beyond_its_going()
    {
        var (ann, bob) = await MeetAsync(Caps, Caps);
        await ann.AskAsync("METADATA * SET url :x");
        await ann.AskAsync("NICK Anna");
        await bob.SyncAsync();
        AssertBatch(await bob.AskAsync("METADATA Anna LIST"), "Anna", ":parley 761 Bob Anna url * :x");
        await ann.SendAsync("QUIT");
        await ann.ReadToEndAsync();
        await bob.ReadUntilAsync("QUIT");
        await Server.RegisterAsync("Anna");
        AssertBatch(await bob.AskAsync("METADATA Anna LIST"), "Anna");
    }

    private static IReadOnlyList<string> Fail(List<IrcLine> answer)
    {
        var line = Assert.Single(answer);
        Assert.Equal("FAIL", line.Command);
        return line.Parameters;
    }

    private static void AssertBatch(List<IrcLine> answer, string target, params string[] lines)
    {
        Assert.Equal(["metadata", target], answer[0].Parameters.Skip(1));
        Assert.Equal(lines, Bodies(answer[1..^1]));
        Assert.All(answer[1..^1], line => Assert.Equal(answer[0].Parameters[0][1..], line.Tags["batch"]));
        Assert.Equal("-" + answer[0].Parameters[0][1..], answer[^1].Text);
    }
}
