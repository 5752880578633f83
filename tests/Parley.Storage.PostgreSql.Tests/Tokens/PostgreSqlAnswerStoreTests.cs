using Parley.Core.Tokens;
using Parley.Specification;

namespace Parley.Storage.PostgreSql.Tests.Tokens;

public sealed class PostgreSqlAnswerStoreTests(PostgreSqlServer server) : AnswerStoreSpecification, IAsyncDisposable
{
    private readonly PostgreSqlDatabase _database = PostgreSqlDatabase.Open(server.NewDatabase());

    protected override IAnswerStore Store => _database.Answers;

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
