using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Push;
using Parley.Specification;

namespace Parley.Storage.Sqlite.Tests.Accounts;

public sealed class SqlitePushStoreTests : PushStoreSpecification, IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteAccountStore _accounts;

    public SqlitePushStoreTests() => _accounts = SqliteAccountStore.Open(_directory.Path);

    protected override IPushStore Store => _accounts;

    public async ValueTask InitializeAsync()
    {
        await AddAsync(Ann, "Ann");
        await AddAsync(Bob, "Bob");
    }

    [Fact]
    public async Task All_of_it_outlasts_the_server()
    {
        var phone = new PushSubscription(Ann, "https://push.example/1", "key", "secret", "", Messages.Start);
        await Store.SetAsync(phone, 1, TestContext.Current.CancellationToken);
        var key = await Store.KeyAsync("one", TestContext.Current.CancellationToken);

        await _accounts.DisposeAsync();
        _accounts = SqliteAccountStore.Open(_directory.Path);

        Assert.Equal([phone], await Store.ListAsync(Ann, TestContext.Current.CancellationToken));
        Assert.Equal(key, await Store.KeyAsync("two", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_belongs_to_an_account_goes_with_it()
    {
        await Store.SetAsync(new PushSubscription(Ann, "https://push.example/1", "key", "secret", "", Messages.Start), 1, TestContext.Current.CancellationToken);
        await Store.SetPlaceAsync(Ann, new LastPlace(Messages.User("Ann"), "ann", "host", []), TestContext.Current.CancellationToken);

        await _accounts.DeleteAsync(Messages.User("Ann"), TestContext.Current.CancellationToken);
        await AddAsync(Ann, "Anna");

        Assert.Empty(await Store.ListAsync(Ann, TestContext.Current.CancellationToken));
        Assert.Null(await Store.FindPlaceAsync(Ann, TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _accounts.DisposeAsync();
        _directory.Dispose();
    }

    private async Task AddAsync(AccountId id, string name) => Assert.True(await _accounts.TryCreateAsync(
        new AccountCredentials(new Account(id, Messages.User(name), Messages.Start), PasswordVerifier.Create("correct horse", PasswordVerifier.MinIterations))));
}
