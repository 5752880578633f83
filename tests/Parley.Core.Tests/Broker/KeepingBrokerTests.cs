using Parley.Core.Broker;
using Parley.Core.History;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Broker;

public sealed class KeepingBrokerTests : BrokerSpecification, IAsyncDisposable
{
    private readonly List<LocalBroker> _brokers = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var broker in _brokers)
        {
            await broker.DisposeAsync();
        }
    }

    protected override IBroker CreateBroker()
    {
        var history = new Recording(new HookedStore(), new RecordingOptions(), new CountingMonitor());
        var broker = new LocalBroker(TimeProvider.System, new BrokerOptions(), history: history, registry: new HookedRegistry());
        _brokers.Add(broker);
        return broker;
    }
}
