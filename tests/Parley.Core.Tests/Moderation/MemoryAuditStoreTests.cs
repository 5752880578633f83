using Parley.Core.Moderation;
using Parley.Specification;

namespace Parley.Core.Tests.Moderation;

public sealed class MemoryAuditStoreTests : AuditStoreSpecification
{
    protected override IAuditStore Audit { get; } = new MemoryAuditStore();
}
