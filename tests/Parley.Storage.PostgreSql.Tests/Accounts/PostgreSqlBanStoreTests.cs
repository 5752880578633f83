using Parley.Core.Moderation;
using Parley.Specification;

namespace Parley.Storage.PostgreSql.Tests.Accounts;

public sealed class PostgreSqlBanStoreTests(PostgreSqlServer server) : BanStoreSpecification, IAsyncDisposable
{
    private readonly PostgreSqlDatabase _database = PostgreSqlDatabase.Open(server.NewDatabase());

    protected override IBanStore Store => _database.Bans;

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
