using Parley.Core.Moderation;
using Parley.Specification;

namespace Parley.Storage.PostgreSql.Tests.Accounts;

public sealed class PostgreSqlAuditStoreTests(PostgreSqlServer server) : AuditStoreSpecification, IAsyncDisposable
{
    private readonly PostgreSqlDatabase _database = PostgreSqlDatabase.Open(server.NewDatabase());

    protected override IAuditStore Audit => _database.Audit;

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
