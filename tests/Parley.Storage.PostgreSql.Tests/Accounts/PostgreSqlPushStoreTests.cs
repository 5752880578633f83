using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Push;
using Parley.Specification;

namespace Parley.Storage.PostgreSql.Tests.Accounts;

public sealed class PostgreSqlPushStoreTests(PostgreSqlServer server) : PushStoreSpecification, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly PostgreSqlDatabase _database = PostgreSqlDatabase.Open(server.NewDatabase());

    protected override IPushStore Store => _database.Pushes;

    public async ValueTask InitializeAsync()
    {
        await _database.MakeAsync("Ann", Ann);
        await _database.MakeAsync("Bob", Bob);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task What_belongs_to_an_account_goes_with_it()
    {
        var token = TestContext.Current.CancellationToken;
        await Store.SetAsync(new PushSubscription(Ann, "https://push.example/1", "key", "secret", "", Noon), 1, token);
        await Store.SetPlaceAsync(Ann, new LastPlace(MadeAccounts.Name("Ann"), "ann", "host", []), token);

        await _database.Accounts.DeleteAsync(MadeAccounts.Name("Ann"), token);
        await _database.MakeAsync("Anna", Ann);

        Assert.Empty(await Store.ListAsync(Ann, token));
        Assert.Null(await Store.FindPlaceAsync(Ann, token));
    }
}
