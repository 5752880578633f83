using Parley.Core.History;
using Parley.Specification;

namespace Parley.Storage.PostgreSql.Tests;

public sealed class PostgreSqlHistoryStoreTests(PostgreSqlServer server) : HistoryStoreSpecification
{
    protected override IHistoryStore CreateStore() => PostgreSqlHistoryStore.Open(server.NewDatabase());
}
