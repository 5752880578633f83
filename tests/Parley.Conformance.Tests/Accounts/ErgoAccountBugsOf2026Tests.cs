using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>Faults about accounts that another server mended in 2026 (https://github.com/ergochat/ergo/blob/stable/CHANGELOG.md), as far as there is the like here.</summary>
public sealed class ErgoAccountBugsOf2026Tests : AccountTest
{
    private const string Wanted = "sasl draft/read-marker draft/chathistory batch server-time message-tags";

    [Theory]
    [InlineData("VERIFY Ann 000000")]
    [InlineData("VERIFY Ann :")]
    [InlineData("NICKSERV :VERIFY Ann 000000")]
    public async Task An_e_mail_address_proves_nothing_and_no_code_logs_anybody_in(string command)
    {
        var eve = await Server.RegisterAsync("Eve");

        await eve.AskAsync(command);

        Assert.DoesNotContain(await eve.AskAsync("WHOIS Eve"), line => line.Command == "330");
    }

    [Fact]
    public async Task Whoever_gives_the_address_of_another_gets_an_account_of_its_own_and_nobody_is_shown_the_address()
    {
        var (bob, eve) = (await Server.RegisterAsync("Bob"), await Server.RegisterAsync("Eve", "draft/metadata-2 batch"));
        await bob.AskAsync("REGISTER * bob@example.org :battery staple");

        await eve.AskAsync("REGISTER * bob@example.org :battery staple");

        Assert.Equal("Eve", (await eve.AskAsync("WHOIS Eve")).Single(line => line.Command == "330").Parameters[2]);
        foreach (var question in new[] { "WHOIS Bob", "WHO Bob %tcuihsnfdlaor,1", "WHOWAS Bob", "METADATA Bob LIST" })
        {
            Assert.DoesNotContain(await eve.AskAsync(question), line => line.Raw.Contains("example.org", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_room_that_somebody_joined_in_the_last_moment_is_known_when_it_comes_back()
    {
        const string Timed = "sasl batch server-time message-tags";
        var bob = await Server.JoinAsync("Bob");
        var ann = await LogInAsync("Ann", Timed);
        await ann.AskAsync("JOIN #room");
        await ann.DisposeAsync();
        await bob.ReadUntilAsync("QUIT");
        Server.Time.Advance(TimeSpan.FromSeconds(1));
        await bob.AskAsync("PRIVMSG #room :while she was away");

        var again = await LogInAsync("Ann", Timed);

        Assert.Equal(["while she was away"], (await again.AskAsync("JOIN #room")).Of("PRIVMSG").Select(line => line.Text));
    }

    [Fact]
    public async Task Nobody_inherits_what_was_of_an_account_that_is_gone()
    {
        var bob = await Server.RegisterAsync("Bob");
        var ann = await LogInAsync("Ann", Wanted);
        await ann.AskAsync("PRIVMSG Bob :ours");
        await ann.AskAsync("MARKREAD #room timestamp=2026-05-31T12:00:00.000Z");
        await ann.SendAsync("QUIT");
        await ann.ReadToEndAsync();
        await bob.ExpectAsync("PRIVMSG");
        Assert.Empty(await bob.AskAsync("PRIVMSG Ann :kept for her"));

        var eve = await TakeOverAsync();

        Assert.Equal("*", Assert.Single(await eve.AskAsync("MARKREAD #room")).Parameters[1]);
        Assert.DoesNotContain(await eve.AskAsync("CHATHISTORY LATEST Bob * 10"), line => line.Command == "PRIVMSG");
    }

    [Fact]
    public async Task Nobody_is_told_any_more_what_the_next_owner_of_a_name_does()
    {
        var ann = await LogInAsync("Ann-phone", Wanted);
        var eve = await TakeOverAsync();

        await eve.AskAsync("MARKREAD #room timestamp=2026-05-31T13:00:00.000Z");
        await ann.ExpectNothingAsync();
        await ann.AskAsync("MARKREAD #room timestamp=2026-05-31T14:00:00.000Z");
        await eve.ExpectNothingAsync();
        var bob = await Server.RegisterAsync("Bob");
        await bob.AskAsync("PRIVMSG Ann :for the new one");

        await ann.ExpectNothingAsync();
        Assert.Equal("for the new one", (await eve.ExpectAsync("PRIVMSG")).Text);
    }

    /// <summary>Ann's account is removed, and Eve makes one of the same name.</summary>
    private async Task<IrcClient> TakeOverAsync()
    {
        Assert.True(await Store.DeleteAsync(Ann, TestContext.Current.CancellationToken));
        var eve = await Server.RegisterAsync("Eve", Wanted);
        Assert.Contains(await eve.AskAsync("REGISTER Ann * :battery staple"), line => line.Command == "900");
        Assert.Equal(["NICK"], (await eve.AskAsync("NICK Ann")).Commands());
        return eve;
    }

    private async Task<IrcClient> LogInAsync(string nick, string capabilities)
    {
        var client = await NegotiateAsync(capabilities);
        client.Nick = nick;
        await client.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}");
        await client.ReadUntilAsync("903");
        await client.SendAllAsync($"NICK {nick}", "USER ann 0 * :Ann", "CAP END");
        await client.SyncAsync();
        return client;
    }

    private protected override async Task<IrcServer> StartAsync()
    {
        await MakeAnnAsync(DateTimeOffset.UnixEpoch);
        return await IrcServer.StartAsync(options => options.HistoryReplay = 20, accounts: Store);
    }
}
