using Parley.Conformance.Tests.Support;
using Parley.Core.Rooms;

namespace Parley.Conformance.Tests.Push;

/// <summary>
/// The rooms that somebody was in when the server stopped, who is told of them while away. A client has no membership that outlives its connection here; these
/// rooms are what is kept in place of one, and what a stop in the moment of a join could lose (https://github.com/ergochat/ergo/pull/2398).
/// </summary>
public sealed class PushAfterRestartTests : PushTest
{
    private readonly MemoryRoomRegistry _rooms = new();

    [Fact]
    public async Task A_room_that_somebody_joined_as_the_server_stopped_is_one_it_is_told_of()
    {
        await using (var server = await IrcServer.StartAsync(accounts: Store, rooms: _rooms, services: AddPush))
        {
            var ann = await LogInAsync(server, "Ann", Password, Capabilities);
            await ann.AskAsync("JOIN #room,#left");
            await ann.AskAsync("CS REGISTER #room");
            await ann.AskAsync("CS REGISTER #left");
            await RegisterAsync(ann, Phone);
            await ann.AskAsync("PART #room,#left");

            await ann.SendAsync("JOIN #room");
            await ann.ExpectAsync("JOIN");
            var stopping = server.StopAsync();
            await ann.ReadToEndAsync();
            await ann.DisposeAsync();
            await stopping;
        }

        await using var again = await IrcServer.StartAsync(accounts: Store, rooms: _rooms, services: AddPush);
        var bob = await again.RegisterAsync("Bob");
        await bob.AskAsync("JOIN #room,#left");
        await bob.AskAsync("PRIVMSG #left :Ann is not in this one");
        await bob.AskAsync("PRIVMSG #room :Ann: look");

        Assert.Equal("#room", (await WokenAsync()).Parameters[0]);
        Assert.True(Service.IsEmpty);
    }
}
