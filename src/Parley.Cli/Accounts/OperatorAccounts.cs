using Parley.Cli.Data;
using Parley.Core.Accounts;
using Parley.Core.Moderation;
using Parley.Server.Accounts;
using Parley.Server.Options;
using Parley.Storage.PostgreSql;
using Parley.Storage.Sqlite;

namespace Parley.Cli.Accounts;

/// <summary>Accounts of a server as an operator's command uses them, whether or not a server is running.</summary>
internal sealed class OperatorAccounts : IAsyncDisposable
{
    private readonly IAsyncDisposable _store;

    private OperatorAccounts(IAsyncDisposable store, AccountService service, IAuditStore audit)
    {
        _store = store;
        Service = service;
        Audit = audit;
    }

    public AccountService Service { get; }

    public IAuditStore Audit { get; }

    /// <summary>Opens them.</summary>
    /// <param name="place">Where they are.</param>
    /// <param name="create">Whether to begin with accounts where there are none.</param>
    /// <exception cref="AccountStoreException">They cannot be opened.</exception>
    public static OperatorAccounts Open(DataPlace place, bool create)
    {
        if (place.Database is { } address)
        {
            var database = PostgreSqlDatabase.Open(address);
            return new OperatorAccounts(
                database,
                new AccountService(database.Accounts, new ParleyOptions(), TimeProvider.System) { Devices = database.Devices, Codes = database.MailCodes, Pushes = database.Pushes },
                database.Audit);
        }

        var file = SqliteAccountStore.OpenBesideServer(place.Directory!, create);
        return new OperatorAccounts(file, new AccountService(file, new ParleyOptions(), TimeProvider.System), file);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
