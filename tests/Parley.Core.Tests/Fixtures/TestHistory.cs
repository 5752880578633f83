using System.IO.Pipelines;
using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.History;
using Parley.Specification;

namespace Parley.Core.Tests.Fixtures;

/// <summary>A broker that keeps history, with a store that the test has a hand in.</summary>
internal sealed class TestHistory : IAsyncDisposable
{
    public TestHistory(HookedStore? store = null, RecordingOptions? options = null, PipeScheduler? flushes = null, TimeProvider? time = null)
    {
        Store = store ?? new HookedStore();
        time ??= TimeProvider.System;
        Broker = new LocalBroker(time, new BrokerOptions(), flushes, history: new Recording(Store, options ?? new RecordingOptions(), Monitor));
    }

    public HookedStore Store { get; }

    public CountingMonitor Monitor { get; } = new();

    public LocalBroker Broker { get; }

    public TestSession NewSession(OutboxOptions? outbox = null) => new(Broker, outbox: outbox);

    public async Task<TestSession> SignInAsync(string name, params string[] rooms)
    {
        var session = NewSession();
        await session.MustSignInAsync(name);
        foreach (var room in rooms)
        {
            await session.MustJoinAsync(room);
        }

        return session;
    }

    /// <summary>Puts messages into history before anybody comes.</summary>
    public async Task RememberAsync(string room, int count)
    {
        var author = await SignInAsync("Past", room);
        for (var i = 1; i <= count; i++)
        {
            await author.MustPostAsync(room, $"{i}");
        }

        await author.SignOutAsync();
    }

    public ValueTask DisposeAsync() => Broker.DisposeAsync();
}
