using Npgsql;
using Parley.Core.Accounts;
using Parley.Core.History;
using Parley.Core.Hooks;
using Parley.Core.Moderation;
using Parley.Core.Push;
using Parley.Core.Rooms;
using Parley.Core.Tokens;
using Parley.Storage.PostgreSql.Accounts;
using Parley.Storage.PostgreSql.Engine;
using Parley.Storage.PostgreSql.Moderation;
using Parley.Storage.PostgreSql.Rooms;
using Parley.Storage.PostgreSql.Schema;
using Parley.Storage.PostgreSql.Tokens;
using Parley.Storage.PostgreSql.Writing;

namespace Parley.Storage.PostgreSql;

/// <summary>Accounts with all that belongs to them, bans, registered rooms, tokens and web hooks in a PostgreSQL database, which several servers may use at once.</summary>
/// <remarks>
/// What two servers want at the same time, the database's constraints and locks decide. What was done survives the end of the machine as far as the
/// database's <c>synchronous_commit</c> says, but for values and times of use, which wait for no disk.
/// </remarks>
public sealed class PostgreSqlDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _pool;
    private readonly ChangeListener _changes;
    private readonly PostgreSqlFailure _failure;

    private PostgreSqlDatabase(DatabaseAddress address, TimeProvider time)
    {
        _failure = address.Failure;
        _pool = NpgsqlDataSource.Create(address.ConnectionString);
        _changes = new ChangeListener(address.ConnectionString, time);
        var accounts = new Sql(_pool, address.Failure, static (message, cause) => new AccountStoreException(message, cause));
        var tokens = new Sql(_pool, address.Failure, static (message, cause) => new TokenStoreException(message, cause));
        Accounts = new PostgreSqlAccountStore(accounts, address.ToString());
        MailCodes = new PostgreSqlMailCodeStore(accounts);
        Invitations = new PostgreSqlInvitationStore(accounts);
        Devices = new PostgreSqlDeviceStore(accounts);
        Passkeys = new PostgreSqlPasskeyStore(accounts);
        Pushes = new PostgreSqlPushStore(accounts);
        Bans = new PostgreSqlBanStore(accounts);
        Audit = new PostgreSqlAuditStore(accounts);
        Tokens = new PostgreSqlTokenStore(tokens);
        Answers = new PostgreSqlAnswerStore(tokens);
        Hooks = new PostgreSqlHookStore(tokens);
    }

    /// <summary>Accounts and the values that belong to them.</summary>
    public IAccountStore Accounts { get; }

    /// <summary>Codes that were sent by e-mail.</summary>
    public IMailCodeStore MailCodes { get; }

    /// <summary>Invitations to make accounts.</summary>
    public IInvitationStore Invitations { get; }

    /// <summary>Devices that stay logged in.</summary>
    public IDeviceStore Devices { get; }

    /// <summary>Passkeys.</summary>
    public IPasskeyStore Passkeys { get; }

    /// <summary>Subscriptions to web push.</summary>
    public IPushStore Pushes { get; }

    /// <summary>Bans from the servers.</summary>
    public IBanStore Bans { get; }

    /// <summary>Records of decisions.</summary>
    public IAuditStore Audit { get; }

    /// <summary>Tokens of programs.</summary>
    public ITokenStore Tokens { get; }

    /// <summary>Answers given to the programs that showed a token.</summary>
    public IAnswerStore Answers { get; }

    /// <summary>Web hooks.</summary>
    public IHookStore Hooks { get; }

    /// <summary>Changes that other servers and operators make.</summary>
    public IStoreChanges Changes => _changes;

    /// <summary>Opens a database, and makes or brings up to date what is Parley's in it.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="time">The clock; the system's unless given.</param>
    /// <exception cref="AccountStoreException">It cannot be reached or used, or is another program's or a newer Parley's.</exception>
    public static PostgreSqlDatabase Open(DatabaseAddress address, TimeProvider? time = null)
    {
        var database = new PostgreSqlDatabase(address, time ?? TimeProvider.System);
        try
        {
            using var connection = database._pool.OpenConnection();
            Migrations.Apply(connection);
            return database;
        }
        catch (Exception e) when (e is HistoryException || PostgreSqlFailure.Is(e))
        {
            database._pool.Dispose();
            throw new AccountStoreException(e is HistoryException ? e.Message : address.Failure.Explain(e), e);
        }
    }

    /// <summary>Registered rooms, whose owner is whoever asks for them. It is there before the database is asked: what is wrong is told by its first call.</summary>
    /// <param name="fence">For the home of a cluster the term that it writes under; null for one server alone, which has them to itself.</param>
    public IRoomRegistry OpenRooms(WriteFence? fence = null) => new PostgreSqlRoomRegistry(_pool, _failure, fence);

    /// <summary>Lets go of all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _changes.DisposeAsync();
        await _pool.DisposeAsync();
    }
}
