using Parley.Core.Broker;
using Parley.Core.Rooms;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Broker;

/// <summary>Proof that nothing but data crosses the seam: a broker that is reached by bytes alone does all that one in reach does.</summary>
public sealed class SerializedBrokerTests : BrokerSpecification
{
    protected override IBroker CreateBroker() => new SerializedBroker(new LocalBroker(TimeProvider.System, new BrokerOptions(), registry: new MemoryRoomRegistry()));
}
