using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Rooms;

/// <summary>Tests in rooms, most of them in <c>#room</c>, which the first client has made.</summary>
public abstract class RoomTest : ConformanceTest
{
    private protected Task<IrcClient[]> MeetAsync(params string[] nicks) => MeetAsync([.. nicks.Select(nick => (nick, ""))]);

    private protected Task<IrcClient[]> MeetAsync(params (string Nick, string Capabilities)[] clients) => Server.JoinAllAsync("#room", clients);

    /// <summary>Sends a line; gives all that the client reads then, without tags.</summary>
    private protected static async Task<string[]> AskAsync(IrcClient client, string line)
        => [.. (await client.AskAsync(line)).Select(answer => answer.Body)];

    /// <summary>What else a client has been sent, without tags.</summary>
    private protected static async Task<string[]> HeardAsync(IrcClient client)
        => [.. (await client.SyncAsync()).Select(line => line.Body)];

    /// <summary>What the clients have been sent so far is of no interest.</summary>
    private protected static async Task CatchUpAsync(params IrcClient[] clients)
    {
        foreach (var client in clients)
        {
            await client.SyncAsync();
        }
    }
}
