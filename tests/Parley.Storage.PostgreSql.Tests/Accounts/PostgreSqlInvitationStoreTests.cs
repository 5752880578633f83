using Parley.Core.Accounts;
using Parley.Specification;

namespace Parley.Storage.PostgreSql.Tests.Accounts;

public sealed class PostgreSqlInvitationStoreTests(PostgreSqlServer server) : InvitationStoreSpecification, IAsyncDisposable
{
    private readonly PostgreSqlDatabase _database = PostgreSqlDatabase.Open(server.NewDatabase());

    protected override IInvitationStore Store => _database.Invitations;

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
