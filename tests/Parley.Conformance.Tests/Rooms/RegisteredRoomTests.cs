using Parley.Conformance.Tests.Accounts;
using Parley.Conformance.Tests.Support;
using Parley.Core.History;
using Parley.Core.Rooms;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Rooms;

/// <summary>A registered room on every protocol: while it is empty, and after a restart.</summary>
public sealed class RegisteredRoomTests : AccountTest
{
    private const string Full = "batch server-time message-tags draft/chathistory draft/event-playback soju.im/search draft/channel-rename";

    private readonly MemoryHistoryStore _history = new();
    private readonly MemoryRoomRegistry _rooms = new();

    [Fact]
    public async Task An_emptied_keyed_room_lets_no_stranger_in_and_tells_nothing_on_any_protocol_also_after_a_restart()
    {
        await FillAndLeaveAsync("+k sesame");
        await MustKeepOutAsync(Server, "475");

        await using var again = await RestartAsync();
        await MustKeepOutAsync(again, "475");
    }

    [Theory]
    [InlineData("+i", "473")]
    [InlineData("+b *!*@*", "474")]
    [InlineData("+is", "403")]
    public async Task Whatever_keeps_people_out_does_so_while_it_is_empty(string rules, string numeric)
    {
        await FillAndLeaveAsync(rules);
        await MustKeepOutAsync(Server, numeric);
    }

    [Fact]
    public async Task A_returning_operator_is_one_again_and_reads_on_by_IRC()
    {
        await FillAndLeaveAsync("+k sesame");
        await using var again = await RestartAsync();
        var ann = await LogInAsync(again, "Ann");

        var joined = (await ann.AskAsync("JOIN #vault")).Bodies();

        Assert.Contains(":parley 332 Ann #vault :plans", joined);
        Assert.Contains(joined, line => line.Contains(" 353 ", StringComparison.Ordinal) && line.EndsWith(":@Ann", StringComparison.Ordinal));
        Assert.Equal(":parley 324 Ann #vault +ntrk sesame", (await ann.AskAsync("MODE #vault"))[0].Body);
        Assert.Contains(await ann.AskAsync("CHATHISTORY LATEST #vault * 50"), line => line.Text == "the SECRET");
        Assert.Contains(await ann.AskAsync("METADATA #vault GET url"), line => line.Raw.Contains("x:y", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_returning_operator_is_one_again_and_reads_on_by_lines()
    {
        await FillAndLeaveAsync("+k sesame");
        await using var again = await RestartAsync();
        await using var ann = await again.EnterLinesAsync("Annie");
        await ann.SendLinesAsync("/login Ann", Password);
        await ann.ExpectAsync("Send the password of Ann as the next line, or an empty line to give up", "You are logged in as Ann", "Annie is now Ann");

        await ann.SendLinesAsync("/join vault", "/topic new plans", "/role");

        await ann.ExpectAsync("You joined vault", "Topic - plans");
        Assert.Contains("the SECRET", (await ann.ReadUntilAsync("History - end"))[^1], StringComparison.Ordinal);
        await ann.ExpectAsync("Ann changed the topic: new plans", "Ann - founder");
    }

    [Fact]
    public async Task Lines_register_a_room_give_roles_hand_it_over_and_end_it()
    {
        await Server.MakeAccountAsync("Zoe", "battery-staple");
        await using var ann = await Server.EnterLinesAsync("Annie");
        await ann.SendLinesAsync("/join vault", "/register", "/login Ann", Password, "/role Zoe voice", "/register", "/register", "/register now", "/role");
        await ann.ExpectAsync(
            "You joined vault",
            "You must be logged in to register a room: log in with /login {name}",
            "Send the password of Ann as the next line, or an empty line to give up",
            "You are logged in as Ann",
            "Annie is now Ann",
            "vault is not registered",
            "Ann registered the room",
            "vault is registered already",
            "Usage: /register",
            "Ann - founder");

        await ann.SendLinesAsync("/role Zoe half-operator", "/role Nobody voice", "/role Zoe king", "/role", "/unregister", "/unregister barn", "/transfer Zoe vault");

        await ann.ExpectAsync(
            "Zoe - half-operator",
            "There is no account Nobody: roles are given to accounts",
            "Usage: /role [account operator|half-operator|voice|none]",
            "Ann - founder",
            "Zoe - half-operator",
            "Usage: /unregister {room}",
            "You are not in barn, or it is no room: join it first",
            "They are not in vault, and have to be for that");
        await using var zoe = await ScriptedClient.ConnectAsync(Server.AddressOf("lines"));
        await zoe.SendLinesAsync("/login Zoe", "battery-staple", "/join vault");
        await ann.ReadUntilAsync("Zoe joined");
        await ann.SendLinesAsync("/transfer Zoe vault", "/unregister vault");
        await ann.ReadUntilAsync("vault belongs to Zoe now");
        await ann.ReadUntilAsync("Only the founder of vault may do that");
    }

    private protected override async Task<IrcServer> StartAsync()
    {
        await MakeAnnAsync(DateTimeOffset.UnixEpoch);
        return await RestartAsync();
    }

    private Task<IrcServer> RestartAsync() => IrcServer.StartAsync(options => options.HistoryReplay = 20, _history, Store, _rooms);

    private async Task FillAndLeaveAsync(string rules)
    {
        var ann = await LogInAsync(Server, "Ann");
        foreach (var line in new[] { "JOIN #vault", "CS REGISTER #vault", $"MODE #vault {rules}", "TOPIC #vault :plans", "METADATA #vault SET url :x:y", "PRIVMSG #vault :the SECRET", "PART #vault", "NICK Gone" })
        {
            await ann.AskAsync(line);
        }
    }

    private static async Task<IrcClient> LogInAsync(IrcServer server, string name)
    {
        var client = await server.ConnectAsync();
        client.Nick = name;
        await client.SendAllAsync("CAP LS 302", $"CAP REQ :sasl draft/metadata-2 {Full}");
        await client.SyncAsync();
        await client.AskAsync("AUTHENTICATE PLAIN");
        await client.AskAsync($"AUTHENTICATE {Plain(name, Password)}");
        await client.SendAllAsync($"NICK {name}", $"USER {name} 0 * :Real {name}", "CAP END");
        await client.SyncAsync();
        return client;
    }

    private static async Task MustKeepOutAsync(IrcServer server, string numeric)
    {
        var eve = await server.RegisterAsync("Eve", Full);
        foreach (var line in new[] { "JOIN #vault", "JOIN #vault guess" })
        {
            Assert.Equal([numeric], (await eve.AskAsync(line)).Select(answer => answer.Command));
        }

        foreach (var line in new[]
        {
            "CHATHISTORY LATEST #vault * 50", "CHATHISTORY TARGETS timestamp=2000-01-01T00:00:00.000Z timestamp=2100-01-01T00:00:00.000Z 50", "SEARCH in=#vault;text=SECRET",
            "TOPIC #vault", "NAMES #vault", "WHO #vault", "LIST", "MODE #vault", "PRIVMSG #vault :anybody?", "REDACT #vault 1", "MARKREAD #vault", "RENAME #vault #mine", "CS INFO #vault",
        })
        {
            Assert.DoesNotContain(await eve.AskAsync(line), answer => answer.Raw.Contains("SECRET", StringComparison.Ordinal) || answer.Raw.Contains("sesame", StringComparison.Ordinal));
        }

        await eve.AskAsync("JOIN #mine");
        await eve.AskAsync("RENAME #mine #vault :mine");
        Assert.DoesNotContain(await eve.AskAsync("CHATHISTORY LATEST #mine * 50"), answer => answer.Raw.Contains("SECRET", StringComparison.Ordinal));
        Assert.DoesNotContain(await eve.AskAsync("NAMES #vault"), answer => answer.Command == "353");
        await eve.AskAsync("NICK Gone2");
        await using var lena = await server.EnterLinesAsync("Lena");
        await lena.SendLinesAsync("/join vault", "/history", "/search SECRET");
        await lena.ReadUntilAsync("History - none");
        await lena.ExpectAsync("History - none");
    }
}
