using Parley.Conformance.Tests.Support;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Connection;

/// <summary>Faults that another server mended in 2026 (https://github.com/ergochat/ergo/blob/stable/CHANGELOG.md), as far as there is the like here.</summary>
public sealed class ErgoBugsOf2026Tests : ConformanceTest
{
    [Theory]
    [InlineData("cap-notify", "ACK")]
    [InlineData("no-such-capability", "NAK")]
    public async Task An_oversized_request_of_capabilities_is_answered_in_lines_that_fit(string name, string answer)
    {
        var client = await Server.ConnectAsync();
        var names = string.Join(' ', Enumerable.Repeat(name, 498 / (name.Length + 1)));

        var lines = await client.AskAsync($"CAP REQ :{names}");

        Assert.True(lines.Count > 1);
        Assert.All(lines, line => Assert.Equal(answer, line.Parameters[1]));
        Assert.All(lines, line => Assert.InRange(line.Raw.Length, 1, 510));
        Assert.Equal(names, string.Join(' ', lines.Select(line => line.Text.TrimEnd())));
    }

    [Fact]
    public async Task A_bot_is_marked_in_echoes_in_private_and_in_what_was_said()
    {
        const string Capabilities = "message-tags batch draft/chathistory echo-message server-time";
        var all = await Server.JoinAllAsync("#room", ("Bot", Capabilities), ("Bob", Capabilities));
        await all[0].AskAsync("MODE Bot +B");

        await all[0].SendAllAsync("PRIVMSG #room :one", "@+x=y PRIVMSG Bob :two");

        Assert.Contains("bot", (await all[0].ExpectAsync("PRIVMSG")).Tags.Keys);
        Assert.Contains("bot", (await all[0].ExpectAsync("PRIVMSG")).Tags.Keys);
        await all[0].AskAsync("MODE Bot -B");
        foreach (var target in new[] { "#room", "Bot" })
        {
            var past = (await all[1].AskAsync($"CHATHISTORY LATEST {target} * 5")).Of("PRIVMSG").Single(line => line.Tags.ContainsKey("batch"));
            Assert.Contains("bot", past.Tags.Keys);
            Assert.Single(past.Raw.Split(' ')[0].Split(';'), tag => tag.TrimStart('@') == "bot");
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("x")]
    public async Task A_limit_of_members_below_one_is_refused(string limit)
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Equal("696", Assert.Single(await ann.AskAsync($"MODE #room +l {limit}")).Command);
    }

    [Theory]
    [InlineData("+s", "@")]
    [InlineData("+p", "*")]
    public async Task The_list_of_members_says_what_kind_of_room_it_is(string mode, string symbol)
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync($"MODE #room {mode}");

        Assert.Equal(symbol, (await ann.AskAsync("NAMES #room"))[0].Parameters[1]);
    }

    [Theory]
    [InlineData("METADATA #room GET topic-color")]
    [InlineData("METADATA #room LIST")]
    [InlineData("METADATA #room SYNC")]
    public async Task The_values_of_a_room_are_for_those_in_it(string question)
    {
        const string Capabilities = "batch draft/metadata-2";
        var ann = await Server.JoinAsync("Ann", "#room", Capabilities);
        await ann.AskAsync("METADATA #room SET topic-color :red");
        var bob = await Server.RegisterAsync("Bob", Capabilities);

        Assert.Equal(["METADATA", "INVALID_TARGET", "#room"], Assert.Single(await bob.AskAsync(question)).Parameters.SkipLast(1));
    }

    [Theory]
    [InlineData("LIST", "323")]
    [InlineData("LIST #vault", "323")]
    [InlineData("NAMES #vault", "366")]
    [InlineData("WHO #vault", "315")]
    [InlineData("WHOIS Ann", "318")]
    [InlineData("TOPIC #vault", "403")]
    [InlineData("MODE #vault", "403")]
    public async Task A_secret_room_is_in_no_list(string question, string last)
    {
        var ann = await Server.JoinAsync("Ann", "#vault");
        await ann.AskAsync("MODE #vault +s");
        var bob = await Server.RegisterAsync("Bob");

        var answer = await bob.AskAsync(question);

        Assert.Equal(last, answer[^1].Command);
        Assert.DoesNotContain(answer.SkipLast(1), line => line.Raw.Contains("vault", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_takes_back_what_another_said()
    {
        const string Capabilities = "message-tags echo-message draft/message-redaction";
        var all = await Server.JoinAllAsync("#room", ("Ann", Capabilities), ("Bob", Capabilities), ("Cid", Capabilities));
        await all[1].SendAsync("PRIVMSG #room :mine");
        var id = (await all[1].ExpectAsync("PRIVMSG")).Tags["msgid"];
        await all[2].SyncAsync();

        Assert.Equal("REDACT_FORBIDDEN", Assert.Single(await all[2].AskAsync($"REDACT #room {id}")).Parameters[1]);
        var eve = await Server.RegisterAsync("Eve", Capabilities);
        Assert.Equal("INVALID_TARGET", Assert.Single(await eve.AskAsync($"REDACT #room {id}")).Parameters[1]);
    }

    [Fact]
    public async Task A_QUIT_with_a_label_is_told_and_ends_as_any_other()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", "labeled-response batch"), ("Bob", ""));

        await all[0].SendAsync("@label=bye QUIT :gone");

        Assert.Equal("ERROR", (await all[0].ReadToEndAsync())[^1].Command);
        Assert.Equal([":Ann!~ann@localhost QUIT :Quit: gone"], (await all[1].ReadUntilAsync("QUIT")).Bodies());
    }

    [Fact]
    public async Task After_a_long_message_of_several_lines_the_next_command_waits_no_longer_than_after_any()
    {
        await using var server = await IrcServer.StartAsync(options => (options.ExemptLoopback, options.CommandBurst, options.CommandRate) = (false, 10, 5));
        var ann = await server.ConnectAsync();
        await ann.SendAllAsync("CAP REQ :batch draft/multiline echo-message", "NICK Ann", "USER ann 0 * :Ann", "CAP END");
        await ann.ReadUntilAsync("422");
        server.Time.Advance(TimeSpan.FromSeconds(10));
        await ann.SendAsync("BATCH +1 draft/multiline Ann");
        for (var line = 1; line <= 8; line++)
        {
            await ann.SendAsync($"@batch=1 PRIVMSG Ann :{line}");
        }

        // Ten lines in all: the burst, and no more. What comes behind them waits for its own turn alone.
        await ann.SendAllAsync("BATCH -1", "PING behind");
        await ann.ReadUntilEndOfBatchAsync();
        await server.Time.WhenTimerArmedAsync(TimeSpan.FromSeconds(0.2));
        server.Time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal("behind", (await ann.ReadUntilAsync("PONG"))[^1].Text);
    }
}
