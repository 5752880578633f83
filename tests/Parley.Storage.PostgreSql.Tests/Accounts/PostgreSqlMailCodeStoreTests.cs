using Parley.Core.Accounts;
using Parley.Specification;

namespace Parley.Storage.PostgreSql.Tests.Accounts;

public sealed class PostgreSqlMailCodeStoreTests(PostgreSqlServer server) : MailCodeStoreSpecification, IAsyncDisposable
{
    private readonly PostgreSqlDatabase _database = PostgreSqlDatabase.Open(server.NewDatabase());

    protected override IMailCodeStore Store => _database.MailCodes;

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
