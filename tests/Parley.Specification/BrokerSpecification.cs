using Parley.Core.Broker;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Xunit;

namespace Parley.Specification;

/// <summary>
/// What every broker does, seen through its sessions' outboxes only. One file per topic. An implementation derives one
/// class from this, and passes.
/// </summary>
/// <remarks>
/// Nothing here assumes that a decision has reached anybody when the call that asked for it completes: the tests wait
/// for what is to arrive, and see that nothing else came by a line that is certain to come behind it.
/// </remarks>
public abstract partial class BrokerSpecification
{
    private IBroker? _broker;

    protected IBroker Broker => _broker ??= CreateBroker();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>An empty broker with the default options.</summary>
    protected abstract IBroker CreateBroker();

    private TestSession NewSession() => new(Broker);

    private async Task<TestSession> SignInAsync(string name, params string[] rooms)
    {
        var session = NewSession();
        await session.MustSignInAsync(name);
        return await JoinAsync(session, rooms);
    }

    /// <summary>A session of whoever has the account of that name.</summary>
    private async Task<TestSession> LogInAsync(string name, params string[] rooms)
    {
        var session = NewSession();
        Assert.Equal(Verdict.Accepted, await session.LogInAsync(name));
        return await JoinAsync(session, rooms);
    }

    private static async Task<TestSession> JoinAsync(TestSession session, string[] rooms)
    {
        foreach (var room in rooms)
        {
            await session.MustJoinAsync(room);
        }

        return session;
    }

    /// <summary>Everybody reads the same lines.</summary>
    private static async Task AllSeeAsync(TestSession[] sessions, params string[] lines)
    {
        foreach (var session in sessions)
        {
            await session.MustSeeAsync(lines);
        }
    }

    private async Task<string[]> MembersAsync(string room)
    {
        Assert.True(RoomName.TryParse(room, out var name));
        return [.. (await Broker.LookAsync(SessionId.Server, new FindRoom(name), Token))?.Members.Select(member => member.Actor.Name).Order().Select(member => member.Value) ?? []];
    }

    private async Task<string[]> RoomsAsync()
        => [.. (await Broker.LookAsync(SessionId.Anybody, new ListRooms(), Token)).Items.Select(room => $"{room.Name} ({room.Users})")];
}
