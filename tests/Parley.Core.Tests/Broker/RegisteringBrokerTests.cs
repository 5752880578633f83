using Parley.Core.Broker;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Broker;

/// <summary>A broker that keeps registered rooms, and no history.</summary>
public sealed class RegisteringBrokerTests : BrokerSpecification, IAsyncDisposable
{
    private readonly LocalBroker _broker = new(TimeProvider.System, new BrokerOptions(), registry: new HookedRegistry());

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    protected override IBroker CreateBroker() => _broker;
}
