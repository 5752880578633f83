using Parley.Core.Accounts;
using Parley.Specification;

namespace Parley.Storage.Sqlite.Tests.Accounts;

public sealed class SqliteMailCodeStoreTests : MailCodeStoreSpecification, IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteAccountStore _accounts;

    public SqliteMailCodeStoreTests() => _accounts = SqliteAccountStore.Open(_directory.Path);

    protected override IMailCodeStore Store => _accounts;

    public async ValueTask DisposeAsync()
    {
        await _accounts.DisposeAsync();
        _directory.Dispose();
    }
}
