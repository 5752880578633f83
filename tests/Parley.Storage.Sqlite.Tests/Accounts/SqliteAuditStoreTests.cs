using Parley.Core.Moderation;
using Parley.Specification;

namespace Parley.Storage.Sqlite.Tests.Accounts;

public sealed class SqliteAuditStoreTests : AuditStoreSpecification, IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteAccountStore _accounts;

    public SqliteAuditStoreTests() => _accounts = SqliteAccountStore.Open(_directory.Path);

    protected override IAuditStore Audit => _accounts;

    public async ValueTask DisposeAsync()
    {
        await _accounts.DisposeAsync();
        _directory.Dispose();
    }
}
