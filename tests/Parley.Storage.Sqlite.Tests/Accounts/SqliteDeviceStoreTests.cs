using Parley.Core.Accounts;
using Parley.Specification;

namespace Parley.Storage.Sqlite.Tests.Accounts;

public sealed class SqliteDeviceStoreTests : DeviceStoreSpecification, IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteAccountStore _accounts;

    public SqliteDeviceStoreTests() => _accounts = SqliteAccountStore.Open(_directory.Path);

    protected override IDeviceStore Store => _accounts;

    public async ValueTask DisposeAsync()
    {
        await _accounts.DisposeAsync();
        _directory.Dispose();
    }

    protected override async ValueTask<AccountId> AccountAsync(string name)
    {
        var account = new Account(TestSession.Login(name).Id, TestSession.Login(name).Name, DateTimeOffset.UnixEpoch);
        Assert.True(await _accounts.TryCreateAsync(new AccountCredentials(account, PasswordVerifier.WithoutPassword(PasswordVerifier.MinIterations)), TestContext.Current.CancellationToken));
        return account.Id;
    }
}
