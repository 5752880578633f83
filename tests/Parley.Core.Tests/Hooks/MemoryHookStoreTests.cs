using Parley.Core.Hooks;
using Parley.Specification;

namespace Parley.Core.Tests.Hooks;

public sealed class MemoryHookStoreTests : HookStoreSpecification
{
    protected override IHookStore Store { get; } = new MemoryHookStore();
}
