using Parley.Core.Accounts;
using Parley.Specification;

namespace Parley.Storage.Sqlite.Tests.Accounts;

public sealed class SqliteAccountStoreTests : AccountStoreSpecification
{
    private readonly TemporaryDirectory _directory = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    protected override IAccountStore CreateStore() => SqliteAccountStore.Open(_directory.Path);
}
