using Parley.Core.Accounts;
using Parley.Specification;

namespace Parley.Core.Tests.Accounts;

public sealed class MemoryDeviceStoreTests : DeviceStoreSpecification
{
    protected override IDeviceStore Store { get; } = new MemoryDeviceStore();

    protected override ValueTask<AccountId> AccountAsync(string name) => new(TestSession.Login(name).Id);
}
