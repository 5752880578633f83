using System.Security.Cryptography;
using Parley.Core.Accounts;
using Parley.Core.Moderation;
using Parley.Core.Names;
using Parley.Storage.Sqlite.Accounts;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite;

/// <summary>Accounts with all that proves them, their subscriptions to web push, bans from the server, and records of decisions in one SQLite file, which the operator's programs may use beside the server.</summary>
/// <remarks>What was done to an account survives the end of the machine (<c>synchronous = FULL</c>), as far as its disk is honest.</remarks>
public sealed partial class SqliteAccountStore : IAccountStore, IBanStore, IAuditStore
{
    private const int SecretBytes = 32;

    // Others hold the file for a few milliseconds.
    private static readonly TimeSpan DefaultBusyTimeout = TimeSpan.FromSeconds(5);

    // One connection, and one call of it at a time, on a thread of the pool.
    private readonly SemaphoreSlim _turn = new(1);
    private readonly DirectoryLock? _lock;
    private readonly Database _database;
    private readonly AccountTable _accounts;
    private readonly OutsideIdentityTable _outside;
    private readonly SshKeyTable _sshKeys;
    private readonly ValueTable _values;
    private readonly BanTable _bans;
    private readonly AuditTable _audit;
    private readonly PushTable _push;
    private readonly NameLookup _names;
    private readonly ReadOnlyMemory<byte> _secret;
    private bool _isDisposed;

    private SqliteAccountStore(DirectoryLock? directoryLock, Database database, Database names)
    {
        _lock = directoryLock;
        _database = database;
        _accounts = new AccountTable(database);
        _outside = new OutsideIdentityTable(database);
        _sshKeys = new SshKeyTable(database);
        _values = new ValueTable(database);
        _bans = new BanTable(database);
        _audit = new AuditTable(database);
        _push = new PushTable(database);
        _accounts.NoteLooks();
        _names = new NameLookup(names);
        _secret = Convert.FromHexString(_accounts.Secret(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes))));
    }

    /// <inheritdoc/>
    public string Location => _database.Path;

    /// <summary>Opens the accounts in a directory for the one server that uses it; both are made where they are missing.</summary>
    /// <exception cref="AccountStoreException">
    /// The directory cannot be written, another server uses it, or the file is damaged, somebody else's, or of a newer Parley.
    /// </exception>
    public static SqliteAccountStore Open(string directory)
    {
        DataFile.CreateForOwner(directory, FileKind.Accounts);
        return Open(directory, DirectoryLock.Take(directory, FileKind.Accounts), DefaultBusyTimeout);
    }

    /// <summary>True if there are accounts in a directory.</summary>
    public static bool IsIn(string directory) => FileKind.Accounts.IsIn(directory);

    /// <summary>Opens the accounts in a directory, whether a server is using them or not.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="create">Whether to begin a file where there is none.</param>
    /// <exception cref="AccountStoreException">As above, but for the other server; or there are no accounts.</exception>
    public static SqliteAccountStore OpenBesideServer(string directory, bool create)
    {
        if (create)
        {
            DataFile.CreateForOwner(directory, FileKind.Accounts);
        }

        return Open(directory, null, DefaultBusyTimeout);
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> SecretAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(_secret);

    /// <inheritdoc/>
    public ValueTask<AccountCredentials?> FindAsync(UserName name, CancellationToken cancellationToken = default) =>
        RunAsync(() => _accounts.Find(name), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Account?> FindByIdAsync(AccountId id, CancellationToken cancellationToken = default) =>
        RunAsync(() => _accounts.FindById(id), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Account?> FindLookAlikeAsync(UserName name, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_names.FindLookAlike(name));

    /// <inheritdoc/>
    public ValueTask<Account?> FindByCertificateAsync(CertificateFingerprint certificate, CancellationToken cancellationToken = default) =>
        RunAsync(() => _accounts.FindByCertificate(certificate)?.Account, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Account?> FindByOutsideAsync(OutsideIdentity identity, CancellationToken cancellationToken = default) =>
        RunAsync(() => _accounts.FindByOutside(identity)?.Account, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Account?> FindBySshKeyAsync(SshKey key, CancellationToken cancellationToken = default) =>
        RunAsync(() => _sshKeys.FindAccount(key), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyList<Account>>(_accounts.List, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> TryCreateAsync(AccountCredentials credentials, CancellationToken cancellationToken = default) =>
        RunAsync(() => _accounts.TryCreate(credentials), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> TryCreateAsync(AccountCredentials credentials, OutsideIdentity identity, CancellationToken cancellationToken = default) =>
        RunAsync(() => TryCreate(credentials, identity, refusesLookAlikes: false), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> TryCreateAsync(AccountCredentials credentials, OutsideIdentity? identity, bool refusesLookAlikes, CancellationToken cancellationToken = default) =>
        RunAsync(() => TryCreate(credentials, identity, refusesLookAlikes), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> SetPasswordAsync(UserName name, PasswordVerifier password, CancellationToken cancellationToken = default) =>
        RunAsync(() => _accounts.SetPassword(name, password), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> RenewPasswordAsync(
        AccountId account, PasswordVerifier old, PasswordVerifier renewed, CancellationToken cancellationToken = default) =>
        RunAsync(() => _accounts.RenewPassword(account, old, renewed), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> SetEmailAsync(AccountId account, string email, CancellationToken cancellationToken = default) =>
        RunAsync(() => _accounts.SetEmail(account, email), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(UserName name, CancellationToken cancellationToken = default) =>
        RunAsync(() => _accounts.Delete(name), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CertificateFingerprint>> ListCertificatesAsync(UserName name, CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyList<CertificateFingerprint>>(() => _accounts.ListCertificates(name), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> AddCertificateAsync(UserName name, CertificateFingerprint certificate, CancellationToken cancellationToken = default) =>
        RunAsync(() => _accounts.AddCertificate(name, certificate), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> RemoveCertificateAsync(UserName name, CertificateFingerprint certificate, CancellationToken cancellationToken = default) =>
        RunAsync(() => _accounts.RemoveCertificate(name, certificate), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OutsideIdentity>> ListOutsideAsync(UserName name, CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyList<OutsideIdentity>>(() => _outside.List(name), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> AddOutsideAsync(UserName name, OutsideIdentity identity, CancellationToken cancellationToken = default) =>
        RunAsync(() => _outside.Add(name, identity), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> RemoveOutsideAsync(UserName name, OutsideIdentity identity, CancellationToken cancellationToken = default) =>
        RunAsync(() => _outside.Remove(name, identity), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SshKey>> ListSshKeysAsync(UserName name, CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyList<SshKey>>(() => _sshKeys.List(name), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> AddSshKeyAsync(UserName name, SshKey key, CancellationToken cancellationToken = default) =>
        RunAsync(() => _sshKeys.Add(name, key), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> RemoveSshKeyAsync(UserName name, SshKey key, CancellationToken cancellationToken = default) =>
        RunAsync(() => _sshKeys.Remove(name, key), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<string?> GetValueAsync(AccountId account, string kind, string key, CancellationToken cancellationToken = default) =>
        RunAsync(() => _values.Get(account, kind, key), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> SetValueAsync(AccountId account, string kind, string key, string? value, CancellationToken cancellationToken = default) =>
        RunAsync(() => _values.Set(account, kind, key, value), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> ExchangeValueAsync(AccountId account, string kind, string key, string? from, string? to, CancellationToken cancellationToken = default) =>
        RunAsync(() => string.Equals(_values.Get(account, kind, key), from, StringComparison.Ordinal) && _values.Set(account, kind, key, to), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ListValuesAsync(
        AccountId account, string kind, CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyList<KeyValuePair<string, string>>>(() => _values.List(account, kind), cancellationToken);

    ValueTask<IReadOnlyList<Ban>> IBanStore.ListAsync(CancellationToken cancellationToken) => RunAsync<IReadOnlyList<Ban>>(_bans.List, cancellationToken);

    async ValueTask IBanStore.SetAsync(Ban ban, CancellationToken cancellationToken) => await RunAsync(
        () =>
        {
            _bans.Set(ban);
            return true;
        },
        cancellationToken);

    ValueTask<bool> IBanStore.RemoveAsync(BanSubject subject, CancellationToken cancellationToken) => RunAsync(() => _bans.Remove(subject), cancellationToken);

    async ValueTask IAuditStore.AppendAsync(IReadOnlyList<AuditEntry> entries, int keep, CancellationToken cancellationToken) => await RunAsync(
        () =>
        {
            _audit.Append(entries, keep);
            return true;
        },
        cancellationToken);

    ValueTask<IReadOnlyList<AuditEntry>> IAuditStore.ReadAsync(int last, DateTimeOffset? since, CancellationToken cancellationToken)
        => RunAsync<IReadOnlyList<AuditEntry>>(() => _audit.Read(last, since), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        if (!_isDisposed)
        {
            _isDisposed = true;
            _names.Dispose();
            _database.Dispose();
            _lock?.Dispose();
        }

        _turn.Release();
    }

    /// <summary>Opens with a timeout of a test's own.</summary>
    internal static SqliteAccountStore Open(string directory, DirectoryLock? directoryLock, TimeSpan busyTimeout)
    {
        Database? database = null;
        Database? names = null;
        try
        {
            database = AccountFile.Open(directory, busyTimeout);
            names = Database.Open(database.Path, FileKind.Accounts, readOnly: true, busyTimeout);
            return new SqliteAccountStore(directoryLock, database, names);
        }
        catch
        {
            names?.Dispose();
            database?.Dispose();
            directoryLock?.Dispose();
            throw;
        }
    }

    private bool TryCreate(AccountCredentials credentials, OutsideIdentity? identity, bool refusesLookAlikes)
    {
        // The operator's program may make accounts beside the server: the look at the others is part of the transaction.
        using var transaction = new Transaction(_database);
        var name = credentials.Account.Name;
        if ((refusesLookAlikes && _accounts.HasLookOf(name)) || !_accounts.TryCreate(credentials) || (identity is not null && !_outside.Add(name, identity)))
        {
            return false;
        }

        transaction.Commit();
        return true;
    }

    private async ValueTask<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return await Task.Run(
                () =>
                {
                    _database.MustBeThere();
                    return work();
                },
                cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }
}
