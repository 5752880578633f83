using Parley.Core.Push;
using Parley.Specification;

namespace Parley.Core.Tests.Push;

public sealed class MemoryPushStoreTests : PushStoreSpecification
{
    protected override IPushStore Store { get; } = new MemoryPushStore();
}
