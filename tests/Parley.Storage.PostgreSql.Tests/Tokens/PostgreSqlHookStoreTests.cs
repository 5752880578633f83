using Parley.Core.Hooks;
using Parley.Specification;

namespace Parley.Storage.PostgreSql.Tests.Tokens;

public sealed class PostgreSqlHookStoreTests(PostgreSqlServer server) : HookStoreSpecification, IAsyncDisposable
{
    private readonly PostgreSqlDatabase _database = PostgreSqlDatabase.Open(server.NewDatabase());

    protected override IHookStore Store => _database.Hooks;

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
