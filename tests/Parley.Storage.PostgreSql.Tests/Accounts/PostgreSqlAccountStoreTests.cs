using Parley.Core.Accounts;
using Parley.Specification;

namespace Parley.Storage.PostgreSql.Tests.Accounts;

public sealed class PostgreSqlAccountStoreTests(PostgreSqlServer server) : AccountStoreSpecification
{
    private PostgreSqlDatabase? _database;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    protected override IAccountStore CreateStore() => (_database = PostgreSqlDatabase.Open(server.NewDatabase())).Accounts;
}
