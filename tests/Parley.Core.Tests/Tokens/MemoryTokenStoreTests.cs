using Parley.Core.Tokens;
using Parley.Specification;

namespace Parley.Core.Tests.Tokens;

public sealed class MemoryTokenStoreTests : TokenStoreSpecification
{
    protected override ITokenStore Store { get; } = new MemoryTokenStore();
}
