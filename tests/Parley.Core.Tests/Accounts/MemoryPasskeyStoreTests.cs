using Parley.Core.Accounts;
using Parley.Specification;

namespace Parley.Core.Tests.Accounts;

public sealed class MemoryPasskeyStoreTests : PasskeyStoreSpecification
{
    protected override IPasskeyStore Store { get; } = new MemoryPasskeyStore();

    protected override ValueTask<AccountId> AccountAsync(string name) => new(TestSession.Login(name).Id);
}
