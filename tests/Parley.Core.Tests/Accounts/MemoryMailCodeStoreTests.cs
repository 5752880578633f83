using Parley.Core.Accounts;
using Parley.Specification;

namespace Parley.Core.Tests.Accounts;

public sealed class MemoryMailCodeStoreTests : MailCodeStoreSpecification
{
    protected override IMailCodeStore Store { get; } = new MemoryMailCodeStore();
}
