using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Connections;
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
    [InlineData("lines", "/rooms", "Rooms - ")]
    [InlineData("lines", "/users", "Users - ")]
    public async Task What_grows_with_the_server_is_worked_on_by_no_loop_and_only_in_turn(string listener, string command, string end)
    {
        using var turns = new AnswerTurns(atOnce: 1);
        await using var server = await RealServer.StartAsync(configureServices: services => services.AddSingleton(turns));
        await using var ann = await ScriptedClient.ConnectAsync(server.AddressOf(listener), "Ann");
        if (listener == "irc")
        {
            await ann.SendLinesAsync("NICK Ann", "USER ann 0 * :Ann", "JOIN #main");
            await ann.ReadUntilContainsAsync(" 366 ");
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
}
