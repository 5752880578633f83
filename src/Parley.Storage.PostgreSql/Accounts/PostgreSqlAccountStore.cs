using System.Security.Cryptography;
using Npgsql;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Storage.PostgreSql.Engine;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Storage.PostgreSql.Accounts;

/// <summary>Accounts in a database that several servers may use at once: its constraints decide who has a name, a key or an identity.</summary>
internal sealed class PostgreSqlAccountStore(Sql sql, string location) : IAccountStore
{
    private const int SecretBytes = 32;

    private byte[]? _secret;

    public string Location => location;

    /// <summary>The secret, made by whoever asks first of all servers.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> SecretAsync(CancellationToken cancellationToken = default)
    {
        if (_secret is null)
        {
            var created = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
            await sql.RunAsync("INSERT INTO secret (id, digits) VALUES (0, $1) ON CONFLICT DO NOTHING", cancellationToken, created);
            var digits = await sql.FindAsync("SELECT digits FROM secret", row => row.GetString(0), cancellationToken) ?? throw sql.Damaged("no secret");
            _secret = Convert.FromHexString(digits);
        }

        return _secret;
    }

    public ValueTask<AccountCredentials?> FindAsync(UserName name, CancellationToken cancellationToken = default)
        => sql.FindAsync($"SELECT {AccountRow.Columns} FROM account WHERE key = $1", AccountRow.Read, cancellationToken, KeyOf(name));

    public async ValueTask<Account?> FindByIdAsync(AccountId id, CancellationToken cancellationToken = default)
        => (await sql.FindAsync($"SELECT {AccountRow.Columns} FROM account WHERE id = $1", AccountRow.Read, cancellationToken, id.Value))?.Account;

    /// <summary>Of the name itself ahead of names that look like it.</summary>
    public async ValueTask<Account?> FindLookAlikeAsync(UserName name, CancellationToken cancellationToken = default)
        => (await sql.FindAsync(
            $"""
            (SELECT {AccountRow.Columns} FROM account WHERE key = $1)
            UNION ALL (SELECT {AccountRow.Columns} FROM account WHERE look = $2 AND key <> $1)
            LIMIT 1
            """,
            AccountRow.Read, cancellationToken, KeyOf(name), NameSkeleton.Of(name)))?.Account;

    public ValueTask<Account?> FindByCertificateAsync(CertificateFingerprint certificate, CancellationToken cancellationToken = default)
        => FindByAsync("certificate", "fingerprint = $1", cancellationToken, certificate.Value);

    public ValueTask<Account?> FindByOutsideAsync(OutsideIdentity identity, CancellationToken cancellationToken = default)
        => FindByAsync("outside_identity", "issuer = $1 AND subject = $2", cancellationToken, StoredText.Of(identity.Issuer), StoredText.Of(identity.Subject));

    public ValueTask<Account?> FindBySshKeyAsync(SshKey key, CancellationToken cancellationToken = default)
        => FindByAsync("ssh_key", "fingerprint = $1", cancellationToken, key.Fingerprint);

    public async ValueTask<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken = default)
        => await sql.ReadAsync($"""SELECT {AccountRow.Columns} FROM account ORDER BY key COLLATE "C" """, row => AccountRow.Read(row).Account, cancellationToken);

    public async ValueTask<bool> TryCreateAsync(AccountCredentials credentials, CancellationToken cancellationToken = default)
        => await sql.RunAsync(Insert, cancellationToken, Values(credentials)) > 0;

    public ValueTask<bool> TryCreateAsync(AccountCredentials credentials, OutsideIdentity identity, CancellationToken cancellationToken = default)
        => TryCreateAsync(credentials, identity, refusesLookAlikes: false, cancellationToken);

    public async ValueTask<bool> TryCreateAsync(AccountCredentials credentials, OutsideIdentity? identity, bool refusesLookAlikes, CancellationToken cancellationToken = default)
    {
        var name = credentials.Account.Name;
        try
        {
            return await sql.TransactAsync(
                async connection => (!refusesLookAlikes || await LookLock.TakeAsync(connection, name, cancellationToken))
                    && await Sql.RunAsync(connection, Insert, cancellationToken, Values(credentials)) > 0
                    && (identity is null || await AddOutsideAsync(connection, name, identity, cancellationToken) > 0)
                        ? true : throw new TakenException(),
                cancellationToken);
        }
        catch (TakenException)
        {
            return false;
        }
    }

    public ValueTask<bool> SetPasswordAsync(UserName name, PasswordVerifier password, CancellationToken cancellationToken = default)
        => HasChangedAsync("UPDATE account SET password = $1 WHERE key = $2", cancellationToken, password.ToString(), KeyOf(name));

    public ValueTask<bool> RenewPasswordAsync(AccountId account, PasswordVerifier old, PasswordVerifier renewed, CancellationToken cancellationToken = default)
        => HasChangedAsync(
            "UPDATE account SET password = $1 WHERE id = $2 AND password = $3", cancellationToken, renewed.ToString(), account.Value, old.ToString());

    public ValueTask<bool> SetEmailAsync(AccountId account, string email, CancellationToken cancellationToken = default)
        => HasChangedAsync("UPDATE account SET email = $1, email_proven = true WHERE id = $2", cancellationToken, StoredText.Of(email), account.Value);

    public ValueTask<bool> DeleteAsync(UserName name, CancellationToken cancellationToken = default)
        => HasChangedAsync("DELETE FROM account WHERE key = $1", cancellationToken, KeyOf(name));

    public ValueTask<IReadOnlyList<CertificateFingerprint>> ListCertificatesAsync(UserName name, CancellationToken cancellationToken = default)
        => sql.ReadAsync(
            "SELECT fingerprint FROM certificate JOIN account ON account.id = certificate.account WHERE account.key = $1 ORDER BY certificate.id",
            row => CertificateFingerprint.TryParse(row.GetString(0), out var certificate) ? certificate : throw sql.Damaged("a fingerprint that is none"),
            cancellationToken, KeyOf(name));

    public ValueTask<bool> AddCertificateAsync(UserName name, CertificateFingerprint certificate, CancellationToken cancellationToken = default)
        => HasAddedAsync(
            "INSERT INTO certificate (fingerprint, account) SELECT $1, id FROM account WHERE key = $2 ON CONFLICT DO NOTHING",
            cancellationToken, certificate.Value, KeyOf(name));

    public ValueTask<bool> RemoveCertificateAsync(UserName name, CertificateFingerprint certificate, CancellationToken cancellationToken = default)
        => HasChangedAsync(
            "DELETE FROM certificate WHERE fingerprint = $1 AND account = (SELECT id FROM account WHERE key = $2)", cancellationToken, certificate.Value, KeyOf(name));

    public ValueTask<IReadOnlyList<OutsideIdentity>> ListOutsideAsync(UserName name, CancellationToken cancellationToken = default)
        => sql.ReadAsync(
            "SELECT issuer, subject FROM outside_identity JOIN account ON account.id = outside_identity.account WHERE account.key = $1 ORDER BY outside_identity.id",
            row => OutsideIdentity.TryCreate(row.TextAt(0), row.TextAt(1), out var identity) ? identity : throw sql.Damaged("an outside identity that is none"),
            cancellationToken, KeyOf(name));

    public async ValueTask<bool> AddOutsideAsync(UserName name, OutsideIdentity identity, CancellationToken cancellationToken = default)
        => await HasAddedAsync(AddOutside, cancellationToken, StoredText.Of(identity.Issuer), StoredText.Of(identity.Subject), KeyOf(name));

    public ValueTask<bool> RemoveOutsideAsync(UserName name, OutsideIdentity identity, CancellationToken cancellationToken = default)
        => HasChangedAsync(
            "DELETE FROM outside_identity WHERE issuer = $1 AND subject = $2 AND account = (SELECT id FROM account WHERE key = $3)",
            cancellationToken, StoredText.Of(identity.Issuer), StoredText.Of(identity.Subject), KeyOf(name));

    public ValueTask<IReadOnlyList<SshKey>> ListSshKeysAsync(UserName name, CancellationToken cancellationToken = default)
        => sql.ReadAsync(
            "SELECT fingerprint, comment FROM ssh_key JOIN account ON account.id = ssh_key.account WHERE account.key = $1 ORDER BY ssh_key.id",
            row => SshKey.TryRestore(row.GetString(0), row.TextAt(1), out var key) ? key : throw sql.Damaged("a fingerprint that is none"),
            cancellationToken, KeyOf(name));

    public ValueTask<bool> AddSshKeyAsync(UserName name, SshKey key, CancellationToken cancellationToken = default)
        => HasAddedAsync(
            "INSERT INTO ssh_key (fingerprint, comment, account) SELECT $1, $2, id FROM account WHERE key = $3 ON CONFLICT DO NOTHING",
            cancellationToken, key.Fingerprint, StoredText.Of(key.Comment), KeyOf(name));

    public ValueTask<bool> RemoveSshKeyAsync(UserName name, SshKey key, CancellationToken cancellationToken = default)
        => HasChangedAsync(
            "DELETE FROM ssh_key WHERE fingerprint = $1 AND account = (SELECT id FROM account WHERE key = $2)", cancellationToken, key.Fingerprint, KeyOf(name));

    public ValueTask<string?> GetValueAsync(AccountId account, string kind, string key, CancellationToken cancellationToken = default)
        => sql.FindAsync(
            "SELECT value FROM value WHERE account = $1 AND kind = $2 AND key = $3",
            row => row.TextAt(0), cancellationToken, account.Value, StoredText.Of(kind), StoredText.Of(key));

    public async ValueTask<bool> SetValueAsync(AccountId account, string kind, string key, string? value, CancellationToken cancellationToken = default)
    {
        if (value is null)
        {
            await sql.RunQuicklyAsync(
                "DELETE FROM value WHERE account = $1 AND kind = $2 AND key = $3", cancellationToken, account.Value, StoredText.Of(kind), StoredText.Of(key));
            return await FindByIdAsync(account, cancellationToken) is not null;
        }

        try
        {
            return await sql.RunQuicklyAsync(
                """
                INSERT INTO value (account, kind, key, value) SELECT id, $2, $3, $4 FROM account WHERE id = $1
                ON CONFLICT (account, kind, key) DO UPDATE SET value = excluded.value
                """,
                cancellationToken, account.Value, StoredText.Of(kind), StoredText.Of(key), StoredText.Of(value)) > 0;
        }
        catch (AccountStoreException e) when (IsWithoutAccount(e))
        {
            return false;
        }
    }

    public async ValueTask<bool> ExchangeValueAsync(
        AccountId account, string kind, string key, string? from, string? to, CancellationToken cancellationToken = default)
    {
        if (from is null && to is null)
        {
            return await GetValueAsync(account, kind, key, cancellationToken) is null && await FindByIdAsync(account, cancellationToken) is not null;
        }

        // Whoever comes second to a row waits for the first, and then looks at what that has made of it.
        const string Where = "WHERE account = $1 AND kind = $2 AND key = $3 AND value = $4";
        object?[] which = [account.Value, StoredText.Of(kind), StoredText.Of(key), StoredText.Of(from ?? to!)];
        try
        {
            return await (
                from is null ? sql.RunQuicklyAsync(
                    "INSERT INTO value (account, kind, key, value) SELECT id, $2, $3, $4 FROM account WHERE id = $1 ON CONFLICT DO NOTHING", cancellationToken, which)
                : to is null ? sql.RunQuicklyAsync($"DELETE FROM value {Where}", cancellationToken, which)
                : sql.RunQuicklyAsync($"UPDATE value SET value = $5 {Where}", cancellationToken, [.. which, StoredText.Of(to)])) > 0;
        }
        catch (AccountStoreException e) when (IsWithoutAccount(e))
        {
            return false;
        }
    }

    public ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ListValuesAsync(AccountId account, string kind, CancellationToken cancellationToken = default)
        => sql.ReadAsync(
            "SELECT key, value FROM value WHERE account = $1 AND kind = $2 ORDER BY key",
            row => KeyValuePair.Create(row.TextAt(0), row.TextAt(1)), cancellationToken, account.Value, StoredText.Of(kind));

    /// <summary>The pool has an owner of its own.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private const string Insert =
        "INSERT INTO account (id, key, name, look, created, email, email_proven, password) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";

    private const string AddOutside =
        "INSERT INTO outside_identity (issuer, subject, account) SELECT $1, $2, id FROM account WHERE key = $3 ON CONFLICT DO NOTHING";

    private static Task<int> AddOutsideAsync(NpgsqlConnection connection, UserName name, OutsideIdentity identity, CancellationToken cancellationToken)
        => Sql.RunAsync(connection, AddOutside, cancellationToken, StoredText.Of(identity.Issuer), StoredText.Of(identity.Subject), KeyOf(name));

    private static object?[] Values(AccountCredentials credentials)
    {
        var (account, password) = credentials;
        return
        [
            account.Id.Value, account.Name.Key, account.Name.Value, NameSkeleton.Of(account.Name), StoredTime.Of(account.Created),
            StoredText.OfOptional(account.Email), account.IsEmailProven, password.ToString(),
        ];
    }

    private static string KeyOf(UserName name) => Names.KeyOf(name) ?? "";

    /// <summary>True if a row was refused as its account was removed meanwhile.</summary>
    private static bool IsWithoutAccount(AccountStoreException exception)
        => exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation };

    private async ValueTask<Account?> FindByAsync(string table, string condition, CancellationToken cancellationToken, params object?[] arguments)
        => (await sql.FindAsync(
            $"SELECT {AccountRow.Columns} FROM {table} JOIN account ON account.id = {table}.account WHERE {condition}",
            AccountRow.Read, cancellationToken, arguments))?.Account;

    private async ValueTask<bool> HasChangedAsync(string statement, CancellationToken cancellationToken, params object?[] arguments)
        => await sql.RunAsync(statement, cancellationToken, arguments) > 0;

    private async ValueTask<bool> HasAddedAsync(string statement, CancellationToken cancellationToken, params object?[] arguments)
    {
        try
        {
            return await sql.RunAsync(statement, cancellationToken, arguments) > 0;
        }
        catch (AccountStoreException e) when (IsWithoutAccount(e))
        {
            return false;
        }
    }

    /// <summary>Undoes a transaction in which one of two was somebody else's already.</summary>
    private sealed class TakenException : Exception;
}
