using Parley.Core.Accounts;
using Parley.Specification;

namespace Parley.Storage.PostgreSql.Tests.Accounts;

public sealed class PostgreSqlDeviceStoreTests(PostgreSqlServer server) : DeviceStoreSpecification, IAsyncDisposable
{
    private readonly PostgreSqlDatabase _database = PostgreSqlDatabase.Open(server.NewDatabase());

    protected override IDeviceStore Store => _database.Devices;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    protected override async ValueTask<AccountId> AccountAsync(string name) => (await _database.MakeAsync(name)).Id;
}
