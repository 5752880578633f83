using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>What becomes of a name that a dead connection of the same account still wears.</summary>
public sealed class TakeoverTests : AccountTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_connection_that_does_not_answer_is_replaced_by_a_new_one_of_its_account()
    {
        var bob = await Server.JoinAsync("Bob");
        var old = await LogInAsync("Ann");
        await old.ReadUntilAsync("422");
        await old.AskAsync("JOIN #room");
        await bob.SyncAsync();

        var back = await LogInAsync("Ann");
        await Server.Time.WhenTimerArmedAsync(Patience);
        Server.Time.Advance(Patience);

        Assert.Equal(["PING :parley", "ERROR :Replaced by another connection of account Ann"], (await old.ReadToEndAsync()).Bodies());
        await old.DisposeAsync();
        Assert.Contains(await back.ReadUntilAsync("422"), line => line.Body.StartsWith(":parley 001 Ann ", StringComparison.Ordinal));
        await bob.ExpectLineAsync(":Ann!~ann@localhost QUIT :Replaced by another connection of account Ann");
    }

    [Fact]
    public async Task A_connection_that_answers_keeps_its_name()
    {
        var first = await LogInAsync("Ann");
        await first.ReadUntilAsync("422");

        var second = await LogInAsync("Ann");
        await first.ExpectLineAsync("PING :parley");
        await first.SendAsync("PONG parley");

        Assert.Equal(":parley 433 * Ann :Nickname is already in use", (await second.ReadUntilAsync("433"))[^1].Body);
        await second.SendAsync("NICK Ann_");
        await second.ReadUntilAsync("001");
        await first.ExpectNothingAsync();
    }

    [Fact]
    public async Task Who_has_another_name_by_now_gets_its_own_back_by_asking()
    {
        var old = await LogInAsync("Ann");
        await old.ReadUntilAsync("422");
        var back = await LogInAsync("Ann_");
        await back.ReadUntilAsync("422");

        await back.SendAsync("NICK Ann");
        await Server.Time.WhenTimerArmedAsync(Patience);
        Server.Time.Advance(Patience);
        await old.ReadToEndAsync();
        await old.DisposeAsync();

        await back.ExpectLineAsync(":Ann_!~ann@localhost NICK Ann");
    }

    [Fact]
    public async Task Nobody_else_gets_a_name_that_is_worn_and_its_owner_is_not_asked()
    {
        var ann = await LogInAsync("Ann");
        await ann.ReadUntilAsync("422");

        var stranger = await Server.ConnectAsync();
        Assert.Equal([":parley 433 * Ann :Nickname is already in use"], (await stranger.AskAsync("NICK Ann")).Bodies());
        var negotiating = await NegotiateAsync();
        await negotiating.SendAllAsync("NICK Ann", "USER ann 0 * :Ann", "CAP END");
        Assert.StartsWith(":parley 433 * Ann :Ann belongs to an account: ", Assert.Single(await negotiating.SyncAsync()).Body, StringComparison.Ordinal);
        await ann.ExpectNothingAsync();
    }

    /// <summary>As clients do that log in: they ask for a name before they have proven anything.</summary>
    private async Task<IrcClient> LogInAsync(string nick)
    {
        var client = await NegotiateAsync();
        await client.SendAllAsync($"NICK {nick}", "USER ann 0 * :Ann", "AUTHENTICATE PLAIN");
        await client.ExpectAsync("AUTHENTICATE");
        await client.SendAsync($"AUTHENTICATE {Plain("Ann", Password)}");
        await client.ExpectAsync("900");
        await client.ExpectAsync("903");
        await client.SendAsync("CAP END");
        return client;
    }
}
