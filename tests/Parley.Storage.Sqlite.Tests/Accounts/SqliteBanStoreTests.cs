using Parley.Core.Moderation;
using Parley.Specification;

namespace Parley.Storage.Sqlite.Tests.Accounts;

public sealed class SqliteBanStoreTests : BanStoreSpecification, IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteAccountStore _accounts;

    public SqliteBanStoreTests() => _accounts = SqliteAccountStore.Open(_directory.Path);

    protected override IBanStore Store => _accounts;

    public async ValueTask DisposeAsync()
    {
        await _accounts.DisposeAsync();
        _directory.Dispose();
    }
}
