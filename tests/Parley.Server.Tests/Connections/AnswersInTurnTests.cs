using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Parley.Core.Broker;
using Parley.Server.Connections;
using Parley.Server.Moderation;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Connections;

/// <summary>Answers that grow with the server: whoever asks for them takes nobody else's time.</summary>
public sealed class AnswersInTurnTests
{
    [Theory]
    [InlineData("irc", "LIST", " 323 ")]
    [InlineData("irc", "WHO *", " 315 ")]
    [InlineData("irc", "WHO #main", " 315 ")]
    [InlineData("irc", "NAMES #main", " 366 ")]
    [InlineData("irc", "INVITE", " 337 ")]
    [InlineData("irc", "METADATA #main SYNC", "BATCH -")]
    [InlineData("irc", "METADATA * SUB url", "BATCH -")]
    [InlineData("irc", "METADATA *ALL SYNC", "BATCH -")]
    [InlineData("irc", "CS LIST", "End of list: 0 channels")]
    [InlineData("lines", "/rooms", "Rooms - ")]
    [InlineData("lines", "/users", "Users - ")]
    public async Task What_grows_with_the_server_is_worked_on_by_no_loop_and_only_in_turn(string listener, string command, string end)
    {
        using var turns = new AnswerTurns(atOnce: 1);
        await using var server = await RealServer.StartAsync(configureServices: services => services.AddSingleton(turns));
        await using var ann = await ScriptedClient.ConnectAsync(server.AddressOf(listener), "Ann");
        if (listener == "irc")
        {
            await ann.SendLinesAsync("CAP REQ :batch draft/metadata-3", "NICK Ann", "USER ann 0 * :Ann", "CAP END", "JOIN #main");
            await ann.ReadUntilContainsAsync(" 366 ");
            await ann.ReadUntilContainsAsync("BATCH -");
            if (command.StartsWith("CS ", StringComparison.Ordinal))
            {
                await ann.SendLineAsync("NS REGISTER correct-horse");
                await ann.ReadUntilContainsAsync(" 900 ");
            }
        }
        else
        {
            await ann.ReadUntilAsync("You joined main");
        }

        // Somebody else's turn, which goes on until it is over.
        var over = new TaskCompletionSource<bool>();
        var turn = turns.RunAsync(async _ => await over.Task, TestContext.Current.CancellationToken);
        await ann.SendLineAsync(command);
        var answered = ann.ReadUntilContainsAsync(end);

        // On each loop somebody is heard.
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            await using var other = await ScriptedClient.ConnectAsync(server.AddressOf("lines"), "other");
            await other.ReadUntilAsync("You joined main");
            await other.SendLineAsync("/nonsense");
            await other.ReadUntilContainsAsync("Unrecognized command /nonsense");
        }

        Assert.False(answered.IsCompleted);
        over.SetResult(true);
        await turn;
        await answered;
    }

    [Theory]
    [InlineData("irc", "LIST")]
    [InlineData("irc", "WHO *")]
    [InlineData("irc", "SEARCH text=word")]
    [InlineData("irc", "CHATHISTORY LATEST #main * 10")]
    [InlineData("irc", "CHATHISTORY TARGETS timestamp=2020-01-01T00:00:00.000Z timestamp=2030-01-01T00:00:00.000Z 10")]
    [InlineData("lines", "/rooms")]
    [InlineData("lines", "/users")]
    [InlineData("lines", "/history")]
    [InlineData("lines", "/search word")]
    public async Task Nothing_is_looked_up_for_who_is_gone(string listener, string command)
    {
        using var turns = new AnswerTurns(atOnce: 1);
        CountingBroker? broker = null;
        await using var server = await RealServer.StartAsync(history: true, configureServices: services => services
            .AddSingleton(turns)
            .AddSingleton<IBroker>(provider => broker = new CountingBroker(new AuditingBroker(provider.GetRequiredService<LocalBroker>(), provider.GetRequiredService<AuditLog>()))));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new LingerOption(enable: true, 0) };
        await socket.ConnectAsync(server.AddressOf(listener), TestContext.Current.CancellationToken).AsTask().WithinSafetyAsync();
        var ann = ScriptedClient.Over(socket, "Ann");
        if (listener == "irc")
        {
            await ann.SendLinesAsync("CAP REQ :batch draft/chathistory soju.im/search", "NICK Ann", "USER ann 0 * :Ann", "CAP END", "JOIN #main");
            await ann.ReadUntilContainsAsync(" 366 ");
        }
        else
        {
            await ann.ReadUntilAsync("You joined main");
        }

        // All it asks for comes behind a list, whose turn does not come.
        var over = new TaskCompletionSource<bool>();
        var turn = turns.RunAsync(async _ => await over.Task, TestContext.Current.CancellationToken);
        await ann.SendLinesAsync([listener == "irc" ? "LIST" : "/users", .. Enumerable.Repeat(command, 20)]);
        await Until.TrueAsync(() => turns.Waiting == 1, () => "The list is not asked for");
        var session = Assert.Single(broker!.Sessions.Values);
        var before = broker.Looks;
        await ann.CloseAsync();
        await Until.TrueAsync(() => session.Outbox.IsComplete, () => "The reset was not noticed");

        over.SetResult(true);
        await turn;
        await Until.TrueAsync(() => broker.Sessions.IsEmpty, () => "The session goes on");
        Assert.Equal(before, broker.Looks);
    }
}
