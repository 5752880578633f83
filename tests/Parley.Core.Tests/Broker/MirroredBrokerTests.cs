using Parley.Core.Broker;
using Parley.Core.History;
using Parley.Core.Rooms;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Broker;

/// <summary>One node that mirrors a home does all that a broker in reach does.</summary>
public sealed class MirroredBrokerTests : BrokerSpecification
{
    protected override IBroker CreateBroker()
        => new MirroredBroker(new LocalBroker(TimeProvider.System, new BrokerOptions(), registry: new MemoryRoomRegistry()), nodes: 1);
}

/// <summary>The same with people spread over three nodes.</summary>
public sealed class ScatteredBrokerTests : BrokerSpecification
{
    protected override IBroker CreateBroker()
        => new MirroredBroker(new LocalBroker(TimeProvider.System, new BrokerOptions(), registry: new MemoryRoomRegistry()), nodes: 3);
}

/// <summary>The same where the home keeps what is said.</summary>
public sealed class ScatteredKeepingBrokerTests : BrokerSpecification, IAsyncDisposable
{
    private readonly List<LocalBroker> _homes = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var home in _homes)
        {
            await home.DisposeAsync();
        }
    }

    protected override IBroker CreateBroker()
    {
        var history = new Recording(new HookedStore(), new RecordingOptions(), new CountingMonitor());
        var home = new LocalBroker(TimeProvider.System, new BrokerOptions(), history: history, registry: new HookedRegistry());
        _homes.Add(home);
        return new MirroredBroker(home, nodes: 3);
    }
}
