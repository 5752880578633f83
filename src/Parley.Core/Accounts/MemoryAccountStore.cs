using System.Security.Cryptography;
using Parley.Core.Names;
using Parley.Core.Ports;

namespace Parley.Core.Accounts;

/// <summary>Accounts that are gone when the process ends.</summary>
public sealed class MemoryAccountStore : IAccountStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UserName, Entry> _accounts = [];
    private readonly Dictionary<CertificateFingerprint, UserName> _certificates = [];
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    /// <inheritdoc/>
    public string Location => "in memory";

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> SecretAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult<ReadOnlyMemory<byte>>(_secret);

    /// <inheritdoc/>
    public ValueTask<AccountCredentials?> FindAsync(UserName name, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_accounts.GetValueOrDefault(name)?.Credentials);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Account?> FindByCertificateAsync(CertificateFingerprint certificate, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(
                _certificates.TryGetValue(certificate, out var name) ? _accounts[name].Credentials.Account : null);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<Account>>(
                [.. _accounts.Values.Select(entry => entry.Credentials.Account).OrderBy(account => account.Name)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryCreateAsync(AccountCredentials credentials, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_accounts.TryAdd(credentials.Account.Name, new Entry(credentials)));
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> SetPasswordAsync(UserName name, PasswordVerifier password, CancellationToken cancellationToken = default) =>
        ChangeAsync(name, entry =>
        {
            entry.Credentials = entry.Credentials with { Password = password };
            return true;
        });

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(UserName name, CancellationToken cancellationToken = default) =>
        ChangeAsync(name, entry =>
        {
            entry.Certificates.ForEach(certificate => _certificates.Remove(certificate));
            return _accounts.Remove(name);
        });

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CertificateFingerprint>> ListCertificatesAsync(UserName name, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<CertificateFingerprint>>([.. _accounts.GetValueOrDefault(name)?.Certificates ?? []]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> AddCertificateAsync(UserName name, CertificateFingerprint certificate, CancellationToken cancellationToken = default) =>
        ChangeAsync(name, entry =>
        {
            if (!_certificates.TryAdd(certificate, name))
            {
                return false;
            }

            entry.Certificates.Add(certificate);
            return true;
        });

    /// <inheritdoc/>
    public ValueTask<bool> RemoveCertificateAsync(UserName name, CertificateFingerprint certificate, CancellationToken cancellationToken = default) =>
        ChangeAsync(name, entry => entry.Certificates.Remove(certificate) && _certificates.Remove(certificate));

    /// <inheritdoc/>
    public ValueTask<string?> GetValueAsync(UserName name, string kind, string key, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_accounts.GetValueOrDefault(name)?.Values.GetValueOrDefault((kind, key)));
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> SetValueAsync(UserName name, string kind, string key, string? value, CancellationToken cancellationToken = default) =>
        ChangeAsync(name, entry =>
        {
            if (value is null)
            {
                entry.Values.Remove((kind, key));
            }
            else
            {
                entry.Values[(kind, key)] = value;
            }

            return true;
        });

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ListValuesAsync(
        UserName name, string kind, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var values = from value in _accounts.GetValueOrDefault(name)?.Values ?? []
                         where value.Key.Kind == kind
                         select KeyValuePair.Create(value.Key.Key, value.Value);
            return ValueTask.FromResult<IReadOnlyList<KeyValuePair<string, string>>>(
                [.. values.OrderBy(value => value.Key, StringComparer.Ordinal)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ValueTask<bool> ChangeAsync(UserName name, Func<Entry, bool> change)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_accounts.TryGetValue(name, out var entry) && change(entry));
        }
    }

    private sealed class Entry(AccountCredentials credentials)
    {
        public AccountCredentials Credentials { get; set; } = credentials;

        public List<CertificateFingerprint> Certificates { get; } = [];

        public Dictionary<(string Kind, string Key), string> Values { get; } = [];
    }
}
