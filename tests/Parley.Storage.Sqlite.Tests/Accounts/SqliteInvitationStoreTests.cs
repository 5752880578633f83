using Parley.Core.Accounts;
using Parley.Specification;

namespace Parley.Storage.Sqlite.Tests.Accounts;

public sealed class SqliteInvitationStoreTests : InvitationStoreSpecification, IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteAccountStore _accounts;

    public SqliteInvitationStoreTests() => _accounts = SqliteAccountStore.Open(_directory.Path);

    protected override IInvitationStore Store => _accounts;

    public async ValueTask DisposeAsync()
    {
        await _accounts.DisposeAsync();
        _directory.Dispose();
    }
}
