using Parley.Conformance.Tests.Accounts;
using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.History;

/// <summary>Direct messages: who reads which. https://ircv3.net/specs/extensions/chathistory#security-considerations</summary>
public sealed class DirectHistoryTests : AccountTest
{
    private const string Spec = "https://ircv3.net/specs/extensions/chathistory";
    private const string Full = "batch server-time message-tags echo-message draft/chathistory";

    [Fact]
    [Quote(Spec, "If a nickname is given as the `target` then the server SHOULD include history sent between the current user and the target nickname, including outgoing messages (\"self messages\").")]
    public async Task Both_ends_read_their_conversation()
    {
        var (bob, cyd) = (await Server.RegisterAsync("Bob", Full), await Server.RegisterAsync("Cyd", Full));
        var said = new List<string>
        {
            await TellAsync(bob, "Cyd", "one"), await TellAsync(cyd, "Bob", "two"), await TellAsync(bob, "Cyd", "three"),
        };
        await bob.SyncAsync();
        await cyd.SyncAsync();

        Assert.Equal(said, await PastAsync(bob, "Cyd"));
        Assert.Equal(said, await PastAsync(cyd, "Bob"));
        Assert.Equal(
            [":Bob!~bob@localhost PRIVMSG Cyd :one", ":Cyd!~cyd@localhost PRIVMSG Bob :two", ":Bob!~bob@localhost PRIVMSG Cyd :three"],
            (await LinesAsync(cyd, "Bob")).Select(line => line.Body));
    }

    [Fact]
    public async Task The_target_is_named_as_it_was_asked_for()
    {
        var (bob, cyd) = (await Server.RegisterAsync("Bob", Full), await Server.RegisterAsync("Cyd", Full));
        await TellAsync(bob, "cyd", "one");
        await cyd.SyncAsync();

        var answer = await bob.AskAsync("CHATHISTORY LATEST cYD * 10");

        Assert.Equal(["chathistory", "cYD"], answer[0].Parameters.Skip(1));
        Assert.Equal(3, answer.Count);
    }

    [Fact]
    public async Task Conversations_keep_apart()
    {
        var (bob, cyd, dan) = (await Server.RegisterAsync("Bob", Full), await Server.RegisterAsync("Cyd", Full), await Server.RegisterAsync("Dan", Full));
        var said = await TellAsync(bob, "Cyd", "for Cyd");
        await TellAsync(bob, "Dan", "for Dan");
        await cyd.SyncAsync();
        await dan.SyncAsync();

        Assert.Equal([said], await PastAsync(bob, "Cyd"));
        Assert.Empty(await PastAsync(dan, "Cyd"));
        Assert.Empty(await PastAsync(cyd, "Dan"));
    }

    [Fact]
    public async Task What_one_tells_oneself_is_read()
    {
        var bob = await Server.RegisterAsync("Bob", Full);
        var note = await TellAsync(bob, "Bob", "milk");
        await bob.SyncAsync();

        Assert.Equal([note], await PastAsync(bob, "Bob"));
    }

    [Fact]
    public async Task A_nick_with_whom_there_was_nothing_is_an_empty_batch()
    {
        var bob = await Server.RegisterAsync("Bob", Full);

        Assert.Empty(await PastAsync(bob, "Nobody"));
    }

    [Fact]
    public async Task Places_are_found_in_conversations_too()
    {
        var (bob, cyd) = (await Server.RegisterAsync("Bob", Full), await Server.RegisterAsync("Cyd", Full));
        var said = new List<string>();
        for (var i = 1; i <= 6; i++)
        {
            said.Add(await TellAsync(i % 2 == 0 ? bob : cyd, i % 2 == 0 ? "Cyd" : "Bob", $"{i}"));
            await bob.SyncAsync();
            await cyd.SyncAsync();
        }

        Assert.Equal(said[2..], await PastAsync(bob, "Cyd", $"AFTER Cyd msgid={said[1]} 10"));
        Assert.Equal(said[..3], await PastAsync(bob, "Cyd", $"BEFORE Cyd msgid={said[3]} 10"));
        Assert.Equal(said[2..5], await PastAsync(cyd, "Bob", $"AROUND Bob msgid={said[3]} 3"));
        Assert.Equal(said[1..5], await PastAsync(cyd, "Bob", $"BETWEEN Bob msgid={said[0]} msgid={said[5]} 9"));
    }

    [Fact]
    [Quote(Spec, "Servers MUST ensure that users cannot obtain history they are not authorised to view.")]
    public async Task Whoever_takes_a_name_over_reads_nothing_of_whoever_wore_it_before()
    {
        var (bob, cyd) = (await Server.RegisterAsync("Bob", Full), await Server.RegisterAsync("Cyd", Full));
        await TellAsync(bob, "Cyd", "secret");
        await TellAsync(cyd, "Bob", "secret too");
        await cyd.SendAsync("QUIT");
        await cyd.ReadToEndAsync();
        var another = await Server.RegisterAsync("Cyd", Full);

        Assert.Empty(await PastAsync(another, "Bob"));
        Assert.Single(await another.AskAsync("CHATHISTORY TARGETS timestamp=2020-01-01T00:00:00.000Z timestamp=2030-01-01T00:00:00.000Z 9"), line => line.Parameters[0][0] == '+');
        var said = await TellAsync(bob, "Cyd", "hello");
        await another.SyncAsync();
        Assert.Equal([said], await PastAsync(another, "Bob"));
        Assert.Equal(3, (await PastAsync(bob, "Cyd")).Length);
    }

    [Fact]
    public async Task A_rename_takes_over_no_conversations_either()
    {
        var (bob, cyd, dan) = (await Server.RegisterAsync("Bob", Full), await Server.RegisterAsync("Cyd", Full), await Server.RegisterAsync("Dan", Full));
        await TellAsync(bob, "Cyd", "secret");
        await cyd.AskAsync("NICK Elsewhere");

        await dan.AskAsync("NICK Cyd");

        Assert.Empty(await PastAsync(dan, "Bob"));
    }

    [Fact]
    public async Task A_name_in_another_case_is_the_same_name()
    {
        var (bob, cyd) = (await Server.RegisterAsync("Bob", Full), await Server.RegisterAsync("Cyd", Full));
        var said = await TellAsync(bob, "Cyd", "hello");
        await cyd.AskAsync("NICK CYD");

        Assert.Equal([said], await PastAsync(cyd, "Bob"));
    }

    [Fact]
    [Quote(Spec, "Servers SHOULD use secure identification mechanisms such as account names, internal account identifiers, or certificate fingerprints to match content to users.")]
    public async Task Whoever_has_proven_an_account_reads_what_was_said_to_and_by_it()
    {
        var bob = await Server.RegisterAsync("Bob", Full);
        var ann = await LogInAsync();
        var said = new[] { await TellAsync(bob, "Ann", "for the account"), await TellAsync(ann, "Bob", "by the account") };
        await ann.SendAsync("QUIT");
        await ann.ReadToEndAsync();
        await bob.SyncAsync();

        var again = await LogInAsync();

        Assert.Equal(said, await PastAsync(again, "Bob"));
        var targets = await again.AskAsync("CHATHISTORY TARGETS timestamp=2020-01-01T00:00:00.000Z timestamp=2030-01-01T00:00:00.000Z 9");
        Assert.Equal(["TARGETS", "Bob"], targets[1].Parameters.Take(2));
    }

    [Fact]
    public async Task An_account_reads_the_same_under_another_nick()
    {
        var bob = await Server.RegisterAsync("Bob", Full);
        var ann = await LogInAsync();
        var said = new[] { await TellAsync(bob, "Ann", "for the account"), await TellAsync(ann, "Bob", "by the account") };
        await bob.SyncAsync();
        await ann.SendAsync("QUIT");
        await ann.ReadToEndAsync();

        var phone = await LogInAsync("Ann-phone");

        Assert.Equal(said, await PastAsync(phone, "Bob"));
        Assert.Equal(said, await PastAsync(bob, "Ann-phone"));
    }

    [Fact]
    public async Task A_new_account_of_a_removed_ones_name_reads_nothing_of_it()
    {
        var bob = await Server.RegisterAsync("Bob", Full);
        var ann = await LogInAsync();
        await TellAsync(bob, "Ann", "for the first");
        await TellAsync(ann, "Bob", "by the first");
        await bob.SyncAsync();
        await ann.SendAsync("QUIT");
        await ann.ReadToEndAsync();
        await Store.DeleteAsync(Ann, TestContext.Current.CancellationToken);
        await MakeAnnAsync(Server.Time.GetUtcNow());

        var second = await LogInAsync();

        Assert.Empty(await PastAsync(second, "Bob"));
        Assert.Equal(2, (await second.AskAsync("CHATHISTORY TARGETS timestamp=2020-01-01T00:00:00.000Z timestamp=2030-01-01T00:00:00.000Z 9")).Count);
        Assert.Equal(2, (await PastAsync(bob, "Ann")).Length);
    }

    [Fact]
    public async Task A_message_is_taken_back_after_its_recipient_took_another_name_and_both_ends_are_told()
    {
        var (bob, cyd) = (await Server.RegisterAsync("Bob", $"draft/message-redaction {Full}"), await Server.RegisterAsync("Cyd", $"draft/message-redaction {Full}"));
        var said = await TellAsync(bob, "Cyd", "oops");
        await cyd.AskAsync("NICK Cyd2");
        await bob.AskAsync("NICK Bob2");

        Assert.Equal([$":Bob2!~bob@localhost REDACT Cyd2 {said} :sorry"], (await bob.AskAsync($"REDACT Cyd2 {said} :sorry")).Bodies());
        Assert.Equal([$":Bob2!~bob@localhost REDACT Cyd2 {said} :sorry"], (await cyd.SyncAsync()).Bodies());
        Assert.Empty(await PastAsync(cyd, "Bob2"));
    }

    private async Task<IrcClient> LogInAsync(string nick = "Ann")
    {
        var client = await NegotiateAsync($"sasl {Full}");
        client.Nick = nick;
        await client.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}");
        await client.ReadUntilAsync("903");
        await client.SendAllAsync($"NICK {nick}", "USER ann 0 * :Ann", "CAP END");
        await client.SyncAsync();
        return client;
    }

    /// <summary>Tells somebody something; the message's id is the result.</summary>
    private async Task<string> TellAsync(IrcClient from, string to, string text)
    {
        await from.SyncAsync();
        await from.SendAsync($"PRIVMSG {to} :{text}");
        var echo = await from.ExpectAsync("PRIVMSG");
        Server.Time.Advance(TimeSpan.FromSeconds(1));
        return echo.Tags["msgid"];
    }

    private static async Task<string[]> PastAsync(IrcClient client, string with, string? parameters = null)
        => [.. (await LinesAsync(client, with, parameters)).Select(line => line.Tags["msgid"])];

    private static async Task<IEnumerable<IrcLine>> LinesAsync(IrcClient client, string with, string? parameters = null)
    {
        var answer = await client.AskAsync($"CHATHISTORY {parameters ?? $"LATEST {with} * 20"}");
        Assert.Equal("BATCH", answer[0].Command);
        return answer.Skip(1).SkipLast(1);
    }
}
