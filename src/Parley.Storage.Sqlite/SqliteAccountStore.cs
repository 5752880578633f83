using System.Security.Cryptography;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Core.Ports;
using Parley.Storage.Sqlite.Accounts;
using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite;

/// <summary>Accounts in one SQLite file, which the operator's programs may use beside the server.</summary>
/// <remarks>What was done to an account survives the end of the machine (<c>synchronous = FULL</c>), as far as its disk is honest.</remarks>
public sealed class SqliteAccountStore : IAccountStore
{
    private const int SecretBytes = 32;

    // Others hold the file for a few milliseconds.
    private static readonly TimeSpan DefaultBusyTimeout = TimeSpan.FromSeconds(5);

    // One connection, and one call of it at a time, on a thread of the pool.
    private readonly SemaphoreSlim _turn = new(1);
    private readonly DirectoryLock? _lock;
    private readonly Database _database;
    private readonly AccountTable _accounts;
    private readonly ValueTable _values;
    private readonly ReadOnlyMemory<byte> _secret;
    private bool _isDisposed;

    private SqliteAccountStore(DirectoryLock? directoryLock, Database database)
    {
        _lock = directoryLock;
        _database = database;
        _accounts = new AccountTable(database);
        _values = new ValueTable(database);
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
    public ValueTask<Account?> FindByCertificateAsync(CertificateFingerprint certificate, CancellationToken cancellationToken = default) =>
        RunAsync(() => _accounts.FindByCertificate(certificate)?.Account, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyList<Account>>(_accounts.List, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> TryCreateAsync(AccountCredentials credentials, CancellationToken cancellationToken = default) =>
        RunAsync(() => _accounts.TryCreate(credentials), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> SetPasswordAsync(UserName name, PasswordVerifier password, CancellationToken cancellationToken = default) =>
        RunAsync(() => _accounts.SetPassword(name, password), cancellationToken);

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
    public ValueTask<string?> GetValueAsync(UserName name, string kind, string key, CancellationToken cancellationToken = default) =>
        RunAsync(() => _values.Get(name, kind, key), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> SetValueAsync(UserName name, string kind, string key, string? value, CancellationToken cancellationToken = default) =>
        RunAsync(() => _values.Set(name, kind, key, value), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ListValuesAsync(
        UserName name, string kind, CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyList<KeyValuePair<string, string>>>(() => _values.List(name, kind), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        if (!_isDisposed)
        {
            _isDisposed = true;
            _database.Dispose();
            _lock?.Dispose();
        }

        _turn.Release();
    }

    /// <summary>Opens with a timeout of a test's own.</summary>
    internal static SqliteAccountStore Open(string directory, DirectoryLock? directoryLock, TimeSpan busyTimeout)
    {
        Database? database = null;
        try
        {
            database = AccountFile.Open(directory, busyTimeout);
            return new SqliteAccountStore(directoryLock, database);
        }
        catch
        {
            database?.Dispose();
            directoryLock?.Dispose();
            throw;
        }
    }

    private async ValueTask<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }
}
