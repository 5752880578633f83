using Parley.Core.Tokens;
using Parley.Specification;

namespace Parley.Storage.PostgreSql.Tests.Tokens;

public sealed class PostgreSqlTokenStoreTests(PostgreSqlServer server) : TokenStoreSpecification, IAsyncDisposable
{
    private readonly PostgreSqlDatabase _database = PostgreSqlDatabase.Open(server.NewDatabase());

    protected override ITokenStore Store => _database.Tokens;

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
