using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>https://ircv3.net/specs/extensions/multiline#errors</summary>
public sealed class MultilineErrorTests : MessageTest
{
    private const string Caps = "draft/multiline batch message-tags";
    private const string ClientBatch = "https://ircv3.net/specs/extensions/client-batch";

    [Fact]
    [Quote(Multiline, "`MULTILINE_INVALID_TARGET <batch-target> <provided-target>`: mismatched PRIVMSG target within a batch")]
    public async Task All_lines_have_the_target_of_the_batch()
    {
        var (ann, bob) = await MeetAsync(Caps);
        await ann.SendAllAsync("BATCH +456 draft/multiline #room", "@batch=456 PRIVMSG #bar hello");
        var error = await ann.ExpectAsync("FAIL");
        Assert.Equal(["BATCH", "MULTILINE_INVALID_TARGET", "#room", "#bar"], error.Parameters.Take(4));
        Assert.Empty(await ann.AskAsync("BATCH -456"));
        await bob.ExpectNothingAsync();
    }

    [Fact]
    [Quote(Multiline, "`MULTILINE_MAX_LINES <limit>`: `max-lines` limit exceeded")]
    public async Task So_many_lines_and_no_more()
    {
        var (ann, bob) = await MeetAsync(Caps);
        await ann.SendAsync("BATCH +1 draft/multiline #room");
        await ann.SendAllAsync([.. Enumerable.Range(0, 100).Select(i => $"@batch=1 PRIVMSG #room :{i}")]);
        Assert.Empty(await ann.SyncAsync());

        var error = Assert.Single(await ann.AskAsync("@batch=1 PRIVMSG #room :one too many"));

        Assert.Equal(["BATCH", "MULTILINE_MAX_LINES", "100"], error.Parameters.Take(3));
        Assert.Empty(await ann.AskAsync("@batch=1 PRIVMSG #room :and another"));
        Assert.Empty(await ann.AskAsync("BATCH -1"));
        await bob.ExpectNothingAsync();
    }

    [Fact]
    [Quote(Multiline, "Each line feed used to join line messages contributes one byte towards the `max-bytes` limit.")]
    [Quote(Multiline, "`MULTILINE_MAX_BYTES <limit>`: `max-bytes` limit exceeded")]
    public async Task So_many_bytes_and_no_more()
    {
        var (ann, bob) = await MeetAsync(Caps, Caps);
        await SayAsync(ann, lastLine: 2);
        Assert.Empty(await ann.AskAsync("BATCH -1"));
        Assert.Equal("BATCH", (await bob.SyncAsync())[0].Command);

        var error = Assert.Single(await SayAsync(ann, lastLine: 3));
        Assert.Equal(["BATCH", "MULTILINE_MAX_BYTES", "4096"], error.Parameters.Take(3));
        Assert.Empty(await ann.AskAsync("BATCH -1"));
        await bob.ExpectNothingAsync();

        // Ten lines and ten line feeds are 4094 bytes but for the last line.
        static async Task<List<IrcLine>> SayAsync(IrcClient ann, int lastLine)
        {
            await ann.SendAsync("BATCH +1 draft/multiline #room");
            for (var i = 0; i < 9; i++)
            {
                await ann.SendAsync("@batch=1 PRIVMSG #room :" + new string('x', 450));
            }

            await ann.SendAsync("@batch=1 PRIVMSG #room :" + new string('x', 4094 - (9 * 451) - 1));
            return await ann.AskAsync("@batch=1 PRIVMSG #room :" + new string('x', lastLine));
        }
    }

    [Theory]
    [InlineData("@batch=1;draft/multiline-concat PRIVMSG #room :")]
    [InlineData("@batch=1 NOTICE #room :but ends with a NOTICE")]
    [InlineData("@batch=1;+a=1 TAGMSG #room")]
    [Quote(Multiline, "Clients MUST NOT send blank lines with the `draft/multiline-concat` tag.")]
    public async Task A_line_that_does_not_belong_there_spoils_all_of_it(string line)
    {
        var (ann, bob) = await MeetAsync(Caps);
        await ann.SendAllAsync("BATCH +1 draft/multiline #room", "@batch=1 PRIVMSG #room :starts with a PRIVMSG");
        Assert.Equal(["BATCH", "MULTILINE_INVALID"], Assert.Single(await ann.AskAsync(line)).Parameters.Take(2));
        Assert.Empty(await ann.AskAsync("BATCH -1"));
        await bob.ExpectNothingAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [Quote(Multiline, "Clients MUST NOT send messages consisting entirely of blank lines.")]
    public async Task A_message_of_blank_lines_is_none(int lines)
    {
        var (ann, bob) = await MeetAsync(Caps);
        await ann.SendAsync("BATCH +1 draft/multiline #room");
        await ann.SendAllAsync([.. Enumerable.Repeat("@batch=1 PRIVMSG #room :", lines)]);
        Assert.Equal(["BATCH", "MULTILINE_INVALID"], Assert.Single(await ann.AskAsync("BATCH -1")).Parameters.Take(2));
        await bob.ExpectNothingAsync();
    }

    [Theory]
    [InlineData("BATCH +1 netsplit #room", "UNKNOWN_TYPE")]
    [InlineData("BATCH +1", "UNKNOWN_TYPE")]
    [InlineData("BATCH +1 draft/multiline")]
    [InlineData("BATCH + draft/multiline #room", "INVALID_REFTAG")]
    [InlineData("BATCH +a.b draft/multiline #room", "INVALID_REFTAG")]
    [InlineData("BATCH 1 draft/multiline #room")]
    [InlineData("BATCH -1")]
    [InlineData("@batch=1 PRIVMSG #room :in no batch")]
    [InlineData("@batch=0 BATCH +1 draft/multiline #room")]
    [Quote(Multiline, "Servers MUST use `FAIL` messages from the standard replies framework to notify clients of errors with multiline batches.")]
    [Quote(ClientBatch, "Clients MUST NOT send nested batches, i.e. clients may not send `BATCH` commands with a `batch` tag.")]
    public async Task What_is_no_batch_is_refused(string line, string code = "MULTILINE_INVALID")
    {
        var (ann, bob) = await MeetAsync(Caps);
        Assert.Equal(["BATCH", code], Assert.Single(await ann.AskAsync(line)).Parameters.Take(2));
        await bob.ExpectNothingAsync();
    }

    [Fact]
    public async Task An_error_has_the_label_of_the_opening_command()
    {
        var (ann, _) = await MeetAsync(Caps + " labeled-response");
        await ann.SendAllAsync("@label=x BATCH +1 draft/multiline #room", "@batch=1 PRIVMSG #other :hello");
        var error = Assert.Single(await ann.AskAsync("BATCH -1"));
        Assert.Equal(["FAIL", "x"], [error.Command, error.Tags["label"]]);
    }

    [Fact]
    public async Task A_second_batch_ends_the_first()
    {
        var (ann, bob) = await MeetAsync(Caps);
        await ann.SendAllAsync("BATCH +1 draft/multiline #room", "@batch=1 PRIVMSG #room :hello");
        Assert.Equal("FAIL", Assert.Single(await ann.AskAsync("BATCH +2 draft/multiline #room")).Command);
        await ann.SendAllAsync("@batch=1 PRIVMSG #room :more", "@batch=2 PRIVMSG #room :hello", "BATCH -2", "BATCH -1");
        Assert.Empty(await ann.SyncAsync());
        Assert.Equal("FAIL", Assert.Single(await ann.AskAsync("BATCH -1")).Command);
        await bob.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_second_batch_answers_the_first_and_itself_each_by_its_label()
    {
        var (ann, _) = await MeetAsync(Caps + " labeled-response");

        await ann.SendAllAsync("@label=one BATCH +1 draft/multiline #room", "@label=two BATCH +2 draft/multiline #room", "BATCH -1", "BATCH -2");

        Assert.Equal([("FAIL", "one"), ("FAIL", "two")], (await ann.SyncAsync()).Select(line => (line.Command, line.Tags["label"])));
    }

    [Theory]
    [InlineData("TOPIC #room :lost")]
    [InlineData("TAGMSG #room")]
    [InlineData("PART #room")]
    [Quote(Multiline, "Multiline batches MUST only contain one or more PRIVMSG lines, or one or more NOTICE lines.")]
    public async Task Nothing_but_messages_is_in_a_batch(string command)
    {
        var (ann, bob) = await MeetAsync(Caps + " message-tags");
        await ann.SendAllAsync("BATCH +1 draft/multiline #room", "@batch=1 PRIVMSG #room :hello");

        Assert.Equal(["BATCH", "MULTILINE_INVALID"], Assert.Single(await ann.AskAsync($"@batch=1 {command}")).Parameters.SkipLast(1));

        await ann.SendAllAsync("@batch=1 PRIVMSG #room :more", "BATCH -1");
        Assert.Empty(await ann.SyncAsync());
        await bob.ExpectNothingAsync();
    }

    [Fact]
    [Quote(ClientBatch, "`TIMEOUT <reference-tag>`: the batch was left open for too long, all past and future messages in this batch will be ignored.")]
    public async Task A_batch_that_does_not_end_is_given_up()
    {
        var (ann, bob) = await MeetAsync(Caps);
        await ann.SendAllAsync("BATCH +x-1 draft/multiline #room", "@batch=x-1 PRIVMSG #room :hello");
        await ann.SyncAsync();
        Server.Time.Advance(TimeSpan.FromSeconds(61));

        var error = Assert.Single(await ann.AskAsync("@batch=x-1 PRIVMSG #room :late"));

        Assert.Equal(["BATCH", "TIMEOUT", "x-1"], error.Parameters.Take(3));
        Assert.Empty(await ann.AskAsync("BATCH -x-1"));
        await bob.ExpectNothingAsync();
    }

    [Fact]
    public async Task After_an_error_the_next_batch_is_taken()
    {
        var (ann, bob) = await MeetAsync(Caps);
        await ann.SendAllAsync("BATCH +1 draft/multiline #room", "@batch=1 PRIVMSG #other :hello", "BATCH -1");
        await ann.SendAllAsync("BATCH +1 draft/multiline #room", "@batch=1 PRIVMSG #room :hello", "BATCH -1");
        Assert.Equal(["FAIL"], (await ann.SyncAsync()).Select(line => line.Command));
        await bob.ExpectAsync("PRIVMSG");
    }

    [Fact]
    [Quote(ClientBatch, "Clients SHOULD NOT send `BATCH` commands to servers, unless they negotiated a capability that allows them to do so.")]
    public async Task Whoever_has_not_negotiated_it_has_no_such_command()
    {
        var (ann, bob) = await MeetAsync("batch message-tags");
        Assert.Equal("421", Assert.Single(await ann.AskAsync("BATCH +1 draft/multiline #room")).Command);
        await ann.AskAsync("@batch=1 PRIVMSG #room :hello");
        await bob.ExpectAsync("PRIVMSG");
    }

    [Fact]
    public async Task A_channel_that_one_may_not_speak_in_says_so_at_the_end()
    {
        await Server.JoinAsync("Cid", "#other");
        var ann = await Server.RegisterAsync("Ann", Caps);
        await ann.SendAllAsync("BATCH +1 draft/multiline #other", "@batch=1 PRIVMSG #other :a", "@batch=1 PRIVMSG #other :b");
        Assert.Empty(await ann.SyncAsync());
        Assert.Equal("404", Assert.Single(await ann.AskAsync("BATCH -1")).Command);
    }
}
