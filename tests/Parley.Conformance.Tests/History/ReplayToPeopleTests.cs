using Parley.Conformance.Tests.Support;
using Parley.TestKit;

namespace Parley.Conformance.Tests.History;

/// <summary>Who is shown the past again, and who never is: whoever has been sent it, whoever said it, and programs.</summary>
public sealed class ReplayToPeopleTests : HistoryTest
{
    private const string Timed = "batch server-time message-tags";

    [Theory]
    [InlineData("part")]
    [InlineData("kick")]
    public async Task Whoever_was_in_the_room_is_shown_only_what_was_said_since(string way)
    {
        var ann = await Server.JoinAsync("Ann", "#room", Tags);
        await SayAsync(ann, "#room", 3);
        var bob = await Server.RegisterAsync("Bob", Timed);
        Assert.Equal(Numbers(1, 3), Texts((await bob.AskAsync("JOIN #room")).Of("PRIVMSG")));
        await ann.SyncAsync();
        await SayAsync(ann, "#room", 1, first: 4);
        await bob.SyncAsync();
        if (way == "part")
        {
            await bob.AskAsync("PART #room");
        }
        else
        {
            await ann.AskAsync("KICK #room Bob");
            await bob.SyncAsync();
        }

        await ann.SyncAsync();
        Assert.Equal(["JOIN", "353", "366"], (await bob.AskAsync("JOIN #room")).Commands());
        await bob.AskAsync("PART #room");
        await ann.SyncAsync();
        await SayAsync(ann, "#room", 2, first: 5);

        Assert.Equal(Numbers(5, 6), Texts((await bob.AskAsync("JOIN #room")).Of("PRIVMSG")));
    }

    [Fact]
    public async Task A_guest_that_comes_back_has_no_proof_and_is_shown_everything()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Tags);
        await SayAsync(ann, "#room", 2);
        var bob = await Server.JoinAsync("Bob", "#room", Timed);
        await QuitAsync(bob);
        bob = await Server.RegisterAsync("Bob", Timed);

        Assert.Equal(Numbers(1, 2), Texts((await bob.AskAsync("JOIN #room")).Of("PRIVMSG")));
    }

    [Fact]
    public async Task Somebody_with_an_account_that_comes_back_is_shown_only_what_was_said_since()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Tags);
        await SayAsync(ann, "#room", 2);
        var bob = await LogInAsync("Bob", register: true);
        Assert.Equal(Numbers(1, 2), Texts((await bob.AskAsync("JOIN #room")).Of("PRIVMSG")));
        await QuitAsync(bob);
        await ann.SyncAsync();
        await SayAsync(ann, "#room", 1, first: 3);
        bob = await LogInAsync("Bob");

        Assert.Equal(["3"], Texts((await bob.AskAsync("JOIN #room")).Of("PRIVMSG")));
    }

    [Fact]
    public async Task What_may_have_been_lost_with_a_dead_connection_is_shown_again()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Tags);
        await SayAsync(ann, "#room", 1);
        var bob = await LogInAsync("Bob", register: true);
        await bob.AskAsync("JOIN #room");
        Server.Time.Advance(TimeSpan.FromSeconds(1));

        // From here on Bob says nothing, and nobody knows whether it hears anything.
        await ann.SyncAsync();
        await SayAsync(ann, "#room", 1, first: 2);
        await bob.DisposeAsync();
        await ann.ReadUntilAsync("QUIT");
        bob = await LogInAsync("Bob");

        Assert.Equal(["2"], Texts((await bob.AskAsync("JOIN #room")).Of("PRIVMSG")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("server-time")]
    [InlineData("server-time batch")]
    public async Task Without_echo_message_nobody_reads_its_own_words(string capabilities)
    {
        var ann = await Server.JoinAsync("Ann", "#room", Tags);
        var bob = await Server.JoinAsync("Bob", "#room", capabilities);
        await bob.AskAsync("PRIVMSG #room :mine");
        await ann.AskAsync("PRIVMSG #room :hers");
        await bob.SyncAsync();
        await QuitAsync(bob);
        bob = await Server.RegisterAsync("Bob", capabilities);

        var shown = await bob.AskAsync("JOIN #room");

        Assert.Contains(shown, line => line.Text.Contains("hers", StringComparison.Ordinal));
        Assert.DoesNotContain(shown, line => line.Text.Contains("mine", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_echo_message_its_own_words_are_part_of_what_was_said()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Tags);
        var bob = await Server.JoinAsync("Bob", "#room", Tags);
        await bob.AskAsync("PRIVMSG #room :mine");
        await QuitAsync(bob);
        await ann.SyncAsync();
        bob = await Server.RegisterAsync("Bob", Tags);

        Assert.Equal(["mine"], Texts((await bob.AskAsync("JOIN #room")).Of("PRIVMSG")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(Timed)]
    public async Task A_bot_is_shown_nothing_of_the_past(string capabilities)
    {
        var ann = await Server.JoinAsync("Ann", "#room", Tags);
        await SayAsync(ann, "#room", 3);
        var bot = await Server.RegisterAsync("Bot", capabilities);
        await bot.AskAsync("MODE Bot +B");

        Assert.Equal(["JOIN", "353", "366"], (await bot.AskAsync("JOIN #room")).Commands());
    }

    [Fact]
    public async Task A_long_word_stands_behind_its_time_and_not_on_a_line_of_its_own()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Tags);
        await ann.AskAsync($"PRIVMSG #room :{new string('x', 450)}");
        var bob = await Server.RegisterAsync("Bob");

        var shown = (await bob.AskAsync("JOIN #room")).Of("NOTICE");

        Assert.StartsWith("[12:00] <Ann> xxxx", shown[0].Text, StringComparison.Ordinal);
    }

    private static async Task QuitAsync(IrcClient client)
    {
        await client.SendAsync("QUIT");
        await client.ReadToEndAsync();
    }

    private async Task<IrcClient> LogInAsync(string nick, bool register = false)
    {
        // The name is its owner's alone, who has not proven to be that yet.
        var client = await Server.RegisterAsync(register ? nick : $"{nick}-back", $"{Timed} sasl draft/account-registration");
        if (register)
        {
            Assert.Contains(await client.AskAsync($"REGISTER {nick} * correct-horse-battery"), line => line.Command == "REGISTER");
        }
        else
        {
            await client.SendAsync("AUTHENTICATE PLAIN");
            await client.ReadUntilAsync("AUTHENTICATE");
            var plain = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"\0{nick}\0correct-horse-battery"));
            await client.SendAsync($"AUTHENTICATE {plain}");
            await client.ReadUntilAsync("903");
            await client.AskAsync($"NICK {nick}");
        }

        return client;
    }

    private protected override Task<IrcServer> StartAsync() => IrcServer.StartAsync(options => options.HistoryReplay = 20);
}
