using Parley.Core.Broker;
using Parley.Core.Rooms;
using Parley.Specification;

namespace Parley.Core.Tests.Broker;

public sealed class LocalBrokerTests : BrokerSpecification
{
    protected override IBroker CreateBroker() => new LocalBroker(TimeProvider.System, new BrokerOptions(), registry: new MemoryRoomRegistry());
}
