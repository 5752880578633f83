using Parley.Core.Moderation;
using Parley.Specification;

namespace Parley.Core.Tests.Moderation;

public sealed class MemoryBanStoreTests : BanStoreSpecification
{
    protected override IBanStore Store { get; } = new MemoryBanStore();
}
