using Parley.Conformance.Tests.Accounts;
using Parley.Conformance.Tests.Support;
using Parley.Core.History;

namespace Parley.Conformance.Tests.History;

/// <summary>Somebody with an account is not shown again, after the server was restarted, what it was sent before.</summary>
public sealed class ReturnAfterRestartTests : AccountTest
{
    private const string Capabilities = "sasl batch server-time message-tags echo-message";

    private readonly MemoryHistoryStore _history = new();

    [Theory]
    [InlineData("QUIT :bye", true)]
    [InlineData("PART #room", true)]
    [InlineData(null, true)]
    [InlineData(null, false)]
    public async Task Who_comes_back_is_shown_only_what_it_was_not_sent(string? leaving, bool isLoggedIn)
    {
        await using (var server = await AgainAsync())
        {
            var bob = await server.JoinAsync("Bob", "#room", "echo-message");
            var ann = await ComeAsync(server, isLoggedIn);
            await ann.AskAsync("JOIN #room");
            await bob.AskAsync("PRIVMSG #room :1");
            await bob.AskAsync("PRIVMSG #room :2");
            await ann.SyncAsync();
            if (leaving is not null)
            {
                await ann.SendAsync(leaving);
                await bob.ReadUntilAsync(leaving[..4]);
                await bob.AskAsync("PRIVMSG #room :3");
            }

            // Whoever is in a room when the server stops was sent all of it.
            await StopAsync(server, ann, bob);
        }

        await using var again = await AgainAsync();
        var returned = await ComeAsync(again, isLoggedIn);

        string[] expected = !isLoggedIn ? ["1", "2"] : leaving is null ? [] : ["3"];
        Assert.Equal(expected, (await returned.AskAsync("JOIN #room")).Where(line => line.Command == "PRIVMSG").Select(line => line.Text));
    }

    [Fact]
    public async Task Where_history_has_begun_anew_since_its_numbers_hide_nothing()
    {
        await using (var server = await AgainAsync())
        {
            var ann = await ComeAsync(server, isLoggedIn: true);
            await ann.AskAsync("JOIN #room");
            for (var i = 0; i < 9; i++)
            {
                await ann.AskAsync($"PRIVMSG #room :{i}");
            }

            await StopAsync(server, ann);
        }

        await using var anew = await AgainAsync(new MemoryHistoryStore());
        anew.Time.Advance(TimeSpan.FromHours(1));
        var bob = await anew.JoinAsync("Bob", "#room");
        await bob.AskAsync("PRIVMSG #room :new");
        var returned = await ComeAsync(anew, isLoggedIn: true);

        Assert.Equal(["new"], (await returned.AskAsync("JOIN #room")).Where(line => line.Command == "PRIVMSG").Select(line => line.Text));
    }

    [Fact]
    public async Task What_it_left_is_kept_within_a_minute()
    {
        await using var server = await AgainAsync();
        var ann = await ComeAsync(server, isLoggedIn: true);
        await ann.AskAsync("JOIN #room");
        await ann.AskAsync("PRIVMSG #room :1");
        await ann.AskAsync("PART #room");
        var account = (await Store.FindAsync(Ann, TestContext.Current.CancellationToken))!.Account.Id;
        Assert.Null(await Store.GetValueAsync(account, "sent", "sent", TestContext.Current.CancellationToken));

        server.Time.Advance(TimeSpan.FromMinutes(1));

        // The store is in memory, and answers at once.
        Assert.StartsWith("room 2 ", await Store.GetValueAsync(account, "sent", "sent", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private Task<IrcServer> AgainAsync(IHistoryStore? history = null)
        => IrcServer.StartAsync(options => options.HistoryReplay = 20, accounts: Store, history: history ?? _history);

    /// <summary>Stops a server, whose clients read to the end, and go.</summary>
    private static async Task StopAsync(IrcServer server, params IrcClient[] clients)
    {
        var stopping = server.StopAsync();
        foreach (var client in clients)
        {
            await client.ReadToEndAsync();
            await client.DisposeAsync();
        }

        await stopping;
    }

    private static async Task<IrcClient> ComeAsync(IrcServer server, bool isLoggedIn)
    {
        if (!isLoggedIn)
        {
            return await server.RegisterAsync("Gil", Capabilities.Replace("sasl ", "", StringComparison.Ordinal));
        }

        var client = await server.ConnectAsync();
        await client.SendAllAsync("CAP LS 302", $"CAP REQ :{Capabilities}", "NICK Ann", "USER ann 0 * :Ann", "AUTHENTICATE PLAIN");
        await client.ReadUntilAsync("AUTHENTICATE");
        await client.SendAllAsync($"AUTHENTICATE {Plain("Ann", Password)}", "CAP END");
        await client.ReadUntilAsync("422");
        client.Nick = "Ann";
        return client;
    }
}
