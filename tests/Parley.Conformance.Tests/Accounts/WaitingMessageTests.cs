using System.Globalization;
using Parley.Conformance.Tests.Support;
using Parley.Core.History;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>Direct messages to somebody with an account who is away: accepted, kept, and shown on return with their time, once, on every protocol.</summary>
public sealed class WaitingMessageTests : AccountTest
{
    private static readonly TimeSpan Meanwhile = TimeSpan.FromMinutes(90);

    [Fact]
    public async Task They_are_shown_on_IRC_with_the_time_at_which_they_were_said_and_once()
    {
        var bob = await Server.RegisterAsync("Bob");
        var said = Server.Time.GetUtcNow();
        Assert.Empty(await bob.AskAsync("PRIVMSG ann :are you there?"));
        Assert.Empty(await bob.AskAsync("PRIVMSG Ann :\u0001ACTION waves\u0001"));
        Server.Time.Advance(Meanwhile);

        var lines = await ReturnAsync("server-time");

        Assert.Equal(
            [":Bob!~bob@localhost PRIVMSG Ann :are you there?", ":Bob!~bob@localhost PRIVMSG Ann :\u0001ACTION waves\u0001"], lines.Of("PRIVMSG").Select(line => line.Body));
        Assert.All(lines.Of("PRIVMSG"), line => Assert.Equal(said.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), line.Tags["time"][..16]));
        Assert.True(lines.FindIndex(line => line.Command == "001") < lines.FindIndex(line => line.Command == "PRIVMSG"));
        Assert.Empty((await ReturnAsync("server-time")).Of("PRIVMSG"));
    }

    [Fact]
    public async Task Without_server_time_the_time_is_in_the_text()
    {
        var bob = await Server.RegisterAsync("Bob");
        var local = TimeZoneInfo.ConvertTime(Server.Time.GetUtcNow(), Server.Time.LocalTimeZone);
        await bob.AskAsync("PRIVMSG Ann :hi");

        Assert.Equal([$"[{local:HH:mm}] hi"], (await ReturnAsync("")).Of("PRIVMSG").Select(line => line.Text));
    }

    [Fact]
    public async Task They_are_shown_on_lines()
    {
        var adam = await Server.EnterAddressedAsync("adam");
        var local = TimeZoneInfo.ConvertTime(Server.Time.GetUtcNow(), Server.Time.LocalTimeZone);
        await adam.SendLinesAsync("ann: are you there?", "adam: done");
        await adam.ExpectAsync("from adam: done");
        var lena = await Server.EnterLinesAsync("Lena");

        await lena.SendLinesAsync("/login Ann", Password, "/login Ann", Password);

        await lena.ReadUntilAsync("You are logged in as Ann");
        await lena.ExpectAsync($"[{local:HH:mm}] from adam: are you there?", "Lena is now Ann");
    }

    [Fact]
    public async Task They_are_shown_on_addressed()
    {
        var lena = await Server.EnterLinesAsync("Lena");
        var said = Server.Time.GetUtcNow();
        await lena.SendLineAsync("/msg ANN are you there?");
        await lena.ExpectAsync("to Ann: are you there?");
        await using var ann = await ScriptedClient.ConnectAsync(Server.AddressOf("addressed"));

        await ann.SendLinesAsync("/login Ann", Password, "Ann: done");

        await ann.ReadUntilAsync($"from Lena: [{said:yyyy-MM-dd HH:mm}] are you there?");
        await ann.ExpectAsync("from Ann: done");
    }

    [Fact]
    public async Task Messages_of_several_come_in_their_order_and_what_is_said_later_comes_once()
    {
        var (bob, cyd) = (await Server.RegisterAsync("Bob"), await Server.RegisterAsync("Cyd"));
        await bob.AskAsync("PRIVMSG Ann :one");
        await cyd.AskAsync("PRIVMSG Ann :two");
        await bob.AskAsync("PRIVMSG Ann :three");

        var ann = await LogInAsync("server-time");
        Assert.Equal(["one", "two", "three"], (await ann.SyncAsync()).Of("PRIVMSG").Select(line => line.Text));
        await bob.AskAsync("PRIVMSG Ann :four");
        Assert.Equal(["four"], (await ann.SyncAsync()).Of("PRIVMSG").Select(line => line.Text));
        await ann.SendAsync("QUIT");
        await ann.ReadToEndAsync();
        await cyd.AskAsync("PRIVMSG Ann :five");

        Assert.Equal(["five"], (await ReturnAsync("server-time")).Of("PRIVMSG").Select(line => line.Text));
    }

    [Fact]
    public async Task Whoever_is_here_under_another_name_is_shown_them_at_once()
    {
        var bob = await Server.RegisterAsync("Bob");
        var ann = await LogInAsync("server-time");
        await ann.AskAsync("NICK Anna_");

        Assert.Empty(await bob.AskAsync("PRIVMSG Ann :hi"));

        await ann.ExpectLineAsync(":Bob!~bob@localhost PRIVMSG Anna_ :hi");
    }

    [Theory]
    [InlineData("-i", "Anna_")]
    [InlineData("+i", "Ann")]
    public async Task Whoever_hides_under_another_name_is_not_told_by_it_to_those_who_write_to_the_account(string mode, string shown)
    {
        var bob = await Server.RegisterAsync("Bob", "echo-message");
        var ann = await LogInAsync("server-time");
        await ann.AskAsync($"MODE {ann.Nick} {mode}");
        await ann.AskAsync("NICK Anna_");

        Assert.Equal([$":Bob!~bob@localhost PRIVMSG {shown} :hi"], (await bob.AskAsync("PRIVMSG Ann :hi")).Bodies());

        Assert.Equal("hi", (await ann.ExpectAsync("PRIVMSG")).Text);
    }

    [Fact]
    public async Task A_name_that_is_no_accounts_is_refused_as_ever()
    {
        var (bob, lena, adam) = (await Server.RegisterAsync("Bob"), await Server.EnterLinesAsync("Lena"), await Server.EnterAddressedAsync("adam"));

        Assert.Equal([":parley 401 Bob Nobody :No such nick/channel"], (await bob.AskAsync("PRIVMSG Nobody,Ann :hi")).Bodies());
        await lena.SendLineAsync("/msg Nobody hi");
        await lena.ExpectAsync("Nobody is not here");
        await adam.SendLineAsync("Nobody, Ann: hi");
        await adam.ExpectAsync("error: Nobody is not here");
    }

    [Fact]
    public async Task What_is_not_kept_is_refused_likewise()
    {
        var bob = await Server.RegisterAsync("Bob", "message-tags");

        Assert.Equal(["401"], (await bob.AskAsync("@+typing=active TAGMSG Ann")).Commands());

        await using var forgetful = await IrcServer.StartAsync(options => options.History = false, accounts: Store);
        var cyd = await forgetful.RegisterAsync("Cyd");
        Assert.Equal(["401"], (await cyd.AskAsync("PRIVMSG Ann :hi")).Commands());
    }

    [Fact]
    public async Task A_reaction_is_kept_and_is_no_message_that_waits()
    {
        var bob = await Server.RegisterAsync("Bob", "message-tags echo-message");

        Assert.Equal(["TAGMSG"], (await bob.AskAsync("@+draft/react=x;+draft/reply=q TAGMSG Ann")).Commands());

        var ann = await LogInAsync("batch message-tags draft/chathistory draft/event-playback");
        Assert.DoesNotContain(await ann.AskAsync("PING x"), line => line.Command is "TAGMSG" or "NOTICE");
        Assert.Contains(await ann.AskAsync("CHATHISTORY LATEST Bob * 10"), line => line.Command == "TAGMSG" && line.Tags["+draft/react"] == "x");
    }

    [Fact]
    public async Task They_are_the_accounts_and_not_the_names()
    {
        var bob = await Server.RegisterAsync("Bob");
        await bob.AskAsync("PRIVMSG Ann :for the first Ann alone");
        await Store.DeleteAsync(Ann, TestContext.Current.CancellationToken);
        var guest = await Server.RegisterAsync("Ann", "draft/chathistory batch");
        Assert.Empty((await guest.AskAsync("CHATHISTORY LATEST Bob * 10")).Of("PRIVMSG"));
        await guest.SendAsync("QUIT");
        await guest.ReadToEndAsync();

        await MakeAnnAsync(Server.Time.GetUtcNow());

        var ann = await LogInAsync("draft/chathistory batch");
        Assert.Empty((await ann.SyncAsync()).Of("PRIVMSG"));
        Assert.Empty((await ann.AskAsync("CHATHISTORY LATEST Bob * 10")).Of("PRIVMSG"));
    }

    [Fact]
    public async Task They_outlive_a_restart()
    {
        var history = new MemoryHistoryStore();
        await using (var before = await IrcServer.StartAsync(history: history, accounts: Store))
        {
            var bob = await before.RegisterAsync("Bob");
            await bob.AskAsync("PRIVMSG Ann :hi");
        }

        await using var after = await IrcServer.StartAsync(history: history, accounts: Store);
        Assert.Equal(["hi"], (await (await LogInAsync("server-time", after)).SyncAsync()).Of("PRIVMSG").Select(line => line.Text));
    }

    [Fact]
    public async Task Whoever_logs_in_after_registering_is_shown_them_then()
    {
        var bob = await Server.RegisterAsync("Bob");
        await Server.MakeAccountAsync("Zoe", "battery-staple");
        await bob.AskAsync("PRIVMSG Zoe :hi");
        var guest = await Server.RegisterAsync("Gus", "server-time");

        var lines = await guest.AskAsync("PRIVMSG NickServ :IDENTIFY Zoe battery-staple");

        Assert.Equal(["hi"], lines.Of("PRIVMSG").Select(line => line.Text));
    }

    /// <summary>A client that has logged in to Ann's account before it registered; what it is shown is still to be read.</summary>
    private async Task<IrcClient> LogInAsync(string capabilities, IrcServer? server = null)
    {
        var client = await (server ?? Server).ConnectAsync();
        client.Nick = "Ann";
        await client.SendAllAsync(
            "CAP LS 302", $"CAP REQ :sasl {capabilities}".TrimEnd(), "NICK Ann", "USER ann 0 * :Ann", "AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}", "CAP END");
        return client;
    }

    /// <summary>All that Ann is shown when she logs in; then she leaves.</summary>
    private async Task<List<IrcLine>> ReturnAsync(string capabilities)
    {
        var client = await LogInAsync(capabilities);
        var lines = await client.SyncAsync();
        await client.SendAsync("QUIT");
        await client.ReadToEndAsync();
        return lines;
    }
}
