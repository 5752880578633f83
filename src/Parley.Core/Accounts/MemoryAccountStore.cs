using System.Security.Cryptography;
using Parley.Core.Names;

namespace Parley.Core.Accounts;

/// <summary>Accounts that are gone when the process ends.</summary>
public sealed class MemoryAccountStore : IAccountStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UserName, Entry> _accounts = [];
    private readonly Dictionary<CertificateFingerprint, UserName> _certificates = [];
    private readonly Dictionary<OutsideIdentity, UserName> _outside = [];
    private readonly Dictionary<SshKey, UserName> _sshKeys = [];
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
    public ValueTask<Account?> FindByIdAsync(AccountId id, CancellationToken cancellationToken = default) => ValueTask.FromResult(Find(id)?.Credentials.Account);

    /// <inheritdoc/>
    public ValueTask<Account?> FindLookAlikeAsync(UserName name, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(LookAlikeOf(name)?.Credentials.Account);
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
    public ValueTask<Account?> FindByOutsideAsync(OutsideIdentity identity, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_outside.TryGetValue(identity, out var name) ? _accounts[name].Credentials.Account : null);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Account?> FindBySshKeyAsync(SshKey key, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_sshKeys.TryGetValue(key, out var name) ? _accounts[name].Credentials.Account : null);
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
    public ValueTask<bool> TryCreateAsync(AccountCredentials credentials, CancellationToken cancellationToken = default) =>
        TryCreateAsync(credentials, identity: null, refusesLookAlikes: false, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> TryCreateAsync(AccountCredentials credentials, OutsideIdentity identity, CancellationToken cancellationToken = default) =>
        TryCreateAsync(credentials, identity, refusesLookAlikes: false, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> TryCreateAsync(AccountCredentials credentials, OutsideIdentity? identity, bool refusesLookAlikes, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var name = credentials.Account.Name;
            var entry = new Entry(credentials);
            var isNew = (identity is null || !_outside.ContainsKey(identity)) && !(refusesLookAlikes && LookAlikeOf(name) is not null) && _accounts.TryAdd(name, entry);
            if (isNew && identity is not null)
            {
                _outside.Add(identity, name);
                entry.Outside.Add(identity);
            }

            return ValueTask.FromResult(isNew);
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
    public ValueTask<bool> RenewPasswordAsync(
        AccountId account, PasswordVerifier old, PasswordVerifier renewed, CancellationToken cancellationToken = default) =>
        ChangeAsync(Find(account)?.Credentials.Account.Name ?? default, entry =>
        {
            if (!string.Equals(entry.Credentials.Password.ToString(), old.ToString(), StringComparison.Ordinal))
            {
                return false;
            }

            entry.Credentials = entry.Credentials with { Password = renewed };
            return true;
        });

    /// <inheritdoc/>
    public ValueTask<bool> SetEmailAsync(AccountId account, string email, CancellationToken cancellationToken = default) =>
        ChangeAsync(Find(account)?.Credentials.Account.Name ?? default, entry =>
        {
            entry.Credentials = entry.Credentials with { Account = entry.Credentials.Account with { Email = email, IsEmailProven = true } };
            return true;
        });

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(UserName name, CancellationToken cancellationToken = default) =>
        ChangeAsync(name, entry =>
        {
            entry.Certificates.ForEach(certificate => _certificates.Remove(certificate));
            entry.Outside.ForEach(identity => _outside.Remove(identity));
            entry.SshKeys.ForEach(key => _sshKeys.Remove(key));
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
    public ValueTask<IReadOnlyList<OutsideIdentity>> ListOutsideAsync(UserName name, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<OutsideIdentity>>([.. _accounts.GetValueOrDefault(name)?.Outside ?? []]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> AddOutsideAsync(UserName name, OutsideIdentity identity, CancellationToken cancellationToken = default) =>
        ChangeAsync(name, entry =>
        {
            if (!_outside.TryAdd(identity, name))
            {
                return false;
            }

            entry.Outside.Add(identity);
            return true;
        });

    /// <inheritdoc/>
    public ValueTask<bool> RemoveOutsideAsync(UserName name, OutsideIdentity identity, CancellationToken cancellationToken = default) =>
        ChangeAsync(name, entry => entry.Outside.Remove(identity) && _outside.Remove(identity));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SshKey>> ListSshKeysAsync(UserName name, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<SshKey>>([.. _accounts.GetValueOrDefault(name)?.SshKeys ?? []]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> AddSshKeyAsync(UserName name, SshKey key, CancellationToken cancellationToken = default) =>
        ChangeAsync(name, entry =>
        {
            if (!_sshKeys.TryAdd(key, name))
            {
                return false;
            }

            entry.SshKeys.Add(key);
            return true;
        });

    /// <inheritdoc/>
    public ValueTask<bool> RemoveSshKeyAsync(UserName name, SshKey key, CancellationToken cancellationToken = default) =>
        ChangeAsync(name, entry => entry.SshKeys.Remove(key) && _sshKeys.Remove(key));

    /// <inheritdoc/>
    public ValueTask<string?> GetValueAsync(AccountId account, string kind, string key, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(Find(account)?.Values.GetValueOrDefault((kind, key)));
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> SetValueAsync(AccountId account, string kind, string key, string? value, CancellationToken cancellationToken = default) =>
        ChangeAsync(Find(account)?.Credentials.Account.Name ?? default, entry => entry.Set(kind, key, value));

    /// <inheritdoc/>
    public ValueTask<bool> ExchangeValueAsync(AccountId account, string kind, string key, string? from, string? to, CancellationToken cancellationToken = default) =>
        ChangeAsync(Find(account)?.Credentials.Account.Name ?? default, entry => entry.Values.GetValueOrDefault((kind, key)) == from && entry.Set(kind, key, to));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ListValuesAsync(
        AccountId account, string kind, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var values = from value in Find(account)?.Values ?? []
                         where value.Key.Kind == kind
                         select KeyValuePair.Create(value.Key.Key, value.Value);
            return ValueTask.FromResult<IReadOnlyList<KeyValuePair<string, string>>>(
                [.. values.OrderBy(value => value.Key, StringComparer.Ordinal)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The account whose name this is, or else looks like this one. The gate MUST be held.</summary>
    private Entry? LookAlikeOf(UserName name)
    {
        if (_accounts.Count == 0)
        {
            return null;
        }

        if (_accounts.TryGetValue(name, out var its))
        {
            return its;
        }

        var look = NameSkeleton.Of(name);
        foreach (var entry in _accounts.Values)
        {
            if (string.Equals(entry.Look, look, StringComparison.Ordinal))
            {
                return entry;
            }
        }

        return null;
    }

    private Entry? Find(AccountId account)
    {
        lock (_gate)
        {
            return _accounts.Values.FirstOrDefault(entry => entry.Credentials.Account.Id == account);
        }
    }

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

        /// <summary>The look of its name, which stays.</summary>
        public string Look { get; } = NameSkeleton.Of(credentials.Account.Name);

        public bool Set(string kind, string key, string? value)
        {
            if (value is null)
            {
                Values.Remove((kind, key));
            }
            else
            {
                Values[(kind, key)] = value;
            }

            return true;
        }

        public List<CertificateFingerprint> Certificates { get; } = [];

        public List<OutsideIdentity> Outside { get; } = [];

        public List<SshKey> SshKeys { get; } = [];

        public Dictionary<(string Kind, string Key), string> Values { get; } = [];
    }
}
