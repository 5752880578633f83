using Parley.Protocol.Addressed;
using Parley.Protocol.Lines;

namespace Parley.Client.Tests;

public sealed class EventsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task A_lines_server_is_read_as_events()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();

        await server.SayAsync("You are AwesomeVulture\nYou joined main\nBob: hi: there\nBob left\n");
        server.Close();

        Assert.Equal(
            [
                new ServerLine(ServerLineKind.YouAre, "AwesomeVulture", ""),
                new ServerLine(ServerLineKind.YouJoined, "main", ""),
                new ServerLine(ServerLineKind.Message, "Bob", "hi: there"),
                new ServerLine(ServerLineKind.Left, "Bob", ""),
            ],
            await connection.ReadEventsAsync(Token).ToListAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_addressed_server_is_read_as_events()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();

        await server.SayAsync("from alice: hello\nerror: bob is not here\n");
        server.Close();

        Assert.Equal(
            [
                new AddressedServerLine(AddressedServerLineKind.From, "alice", "hello"),
                new AddressedServerLine(AddressedServerLineKind.Error, "", "bob is not here"),
            ],
            await connection.ReadAddressedEventsAsync(Token).ToListAsync(Token));
    }
}
