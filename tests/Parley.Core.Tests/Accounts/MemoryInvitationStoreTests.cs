using Parley.Core.Accounts;
using Parley.Specification;

namespace Parley.Core.Tests.Accounts;

public sealed class MemoryInvitationStoreTests : InvitationStoreSpecification
{
    protected override IInvitationStore Store { get; } = new MemoryInvitationStore();
}
