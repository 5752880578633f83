using Parley.Core.Broker;
using Parley.Core.History;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Broker;

public sealed class RecordingBrokerTests : BrokerSpecification, IAsyncDisposable
{
    private readonly List<RecordingBroker> _brokers = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var broker in _brokers)
        {
            await broker.DisposeAsync();
        }
    }

    protected override IBroker CreateBroker()
    {
        var inner = new LocalBroker(TimeProvider.System, new BrokerOptions());
        var broker = new RecordingBroker(inner, new HookedStore(), new RecordingOptions(), new CountingMonitor(), TimeProvider.System);
        _brokers.Add(broker);
        return broker;
    }
}
