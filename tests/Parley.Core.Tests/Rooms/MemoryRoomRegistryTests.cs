using Parley.Core.Accounts;
using Parley.Core.Rooms;
using Parley.Specification;

namespace Parley.Core.Tests.Rooms;

public sealed class MemoryRoomRegistryTests : RoomRegistrySpecification
{
    protected override IRoomRegistry Open() => new MemoryRoomRegistry();

    protected override ValueTask<ProvenAccount> AccountAsync(string name) => new(TestSession.Login(name));
}
