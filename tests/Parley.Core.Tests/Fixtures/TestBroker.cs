using System.IO.Pipelines;
using Parley.Core.Broker;
using Parley.Core.Broker.Rooms;
using Parley.Core.Delivery;
using Parley.Core.Intentions;
using Parley.Core.Queries;
using Parley.Core.Rooms;
using Parley.Specification;

namespace Parley.Core.Tests.Fixtures;

/// <summary>A broker of its own for one test, and short words for what most tests begin with.</summary>
internal sealed class TestBroker
{
    private readonly IBroker _entry;

    public TestBroker(PipeScheduler? flushes = null, BrokerOptions? options = null, int nodes = 0)
    {
        Broker = new LocalBroker(Time, options ?? new BrokerOptions(), flushes);
        _entry = nodes == 0 ? Broker : new MirroredBroker(Broker, nodes, flushes, isInline: true);
    }

    public HookedTime Time { get; } = new();

    public LocalBroker Broker { get; }

    public TestSession NewSession(Flavor? flavor = null, OutboxOptions? outbox = null) => new(_entry, flavor, outbox);

    public Task<TestSession> SignInAsync(string name, params string[] rooms) => SignInAsync(name, NewSession(), rooms);

    public static async Task<TestSession> SignInAsync(string name, TestSession session, params string[] rooms)
    {
        await session.MustSignInAsync(name);
        foreach (var room in rooms)
        {
            Assert.Equal(Verdict.Accepted, await session.JoinAsync(room));
        }

        session.Session.Outbox.Send();
        session.Waiting();
        return session;
    }

    /// <summary>Brings in a member that stands still when it is sent something, and with it the flush that sends.</summary>
    public async Task<TestSession> SignInHeldAsync(string name, Hold hold, params string[] rooms)
    {
        var session = await SignInAsync(name, NewSession(), rooms);
        session.Session.Outbox.Open(new HoldingSink(hold, session.Sink));
        return session;
    }

    /// <summary>The rooms as <c>main (3)</c>, by name.</summary>
    public async Task<string[]> RoomsAsync()
        => [.. (await Broker.LookAsync(SessionId.Anybody, new ListRooms())).Items.OrderBy(room => room.Name).Select(room => $"{room.Name} ({room.Users})")];

    /// <summary>The room that a session is in.</summary>
    public static Room RoomOf(TestSession session, string room)
        => Room.Of(session.Session.Subscriptions.Single(subscription => subscription.Room.Name.Value == room));
}
