using Parley.Core.Accounts;
using Parley.Specification;

namespace Parley.Core.Tests.Accounts;

public sealed class MemoryAccountStoreTests : AccountStoreSpecification
{
    protected override IAccountStore CreateStore() => new MemoryAccountStore();
}
