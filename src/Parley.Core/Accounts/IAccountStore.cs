using Parley.Core.Names;

namespace Parley.Core.Accounts;

/// <summary>Where accounts are kept. Every implementation passes <c>AccountStoreSpecification</c>.</summary>
/// <remarks>
/// Methods may be called at any time, from any thread, and MUST NOT block it. Each is done wholly or not at all, and what it
/// has changed is there for the next. Names are compared without case, keys of values with it. All throw
/// <see cref="AccountStoreException"/> where the store fails.
/// </remarks>
public interface IAccountStore : IAsyncDisposable
{
    /// <summary>Where it is, for people: a path, or that it is in memory.</summary>
    string Location { get; }

    /// <summary>32 random bytes of this store's own, the same for as long as it is there. They MUST NOT leave the server.</summary>
    ValueTask<ReadOnlyMemory<byte>> SecretAsync(CancellationToken cancellationToken = default);

    /// <summary>The account of a name; null if there is none.</summary>
    ValueTask<AccountCredentials?> FindAsync(UserName name, CancellationToken cancellationToken = default);

    /// <summary>The account of a number; null if there is none.</summary>
    ValueTask<Account?> FindByIdAsync(AccountId id, CancellationToken cancellationToken = default);

    /// <summary>The account whose name this is, or else looks like this one; null if there is none.</summary>
    ValueTask<Account?> FindLookAlikeAsync(UserName name, CancellationToken cancellationToken = default);

    /// <summary>The account that a client with this certificate may use; null if there is none.</summary>
    ValueTask<Account?> FindByCertificateAsync(CertificateFingerprint certificate, CancellationToken cancellationToken = default);

    /// <summary>The account whose owner an identity provider knows as this one; null if there is none.</summary>
    ValueTask<Account?> FindByOutsideAsync(OutsideIdentity identity, CancellationToken cancellationToken = default);

    /// <summary>The account whose owner has this key of SSH; null if there is none.</summary>
    ValueTask<Account?> FindBySshKeyAsync(SshKey key, CancellationToken cancellationToken = default);

    /// <summary>All accounts, by name.</summary>
    ValueTask<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes an account; false if its name or its number is taken.</summary>
    ValueTask<bool> TryCreateAsync(AccountCredentials credentials, CancellationToken cancellationToken = default);

    /// <summary>Makes an account whose owner an identity provider knows; false if its name or its number is taken, or some account has that identity.</summary>
    ValueTask<bool> TryCreateAsync(AccountCredentials credentials, OutsideIdentity identity, CancellationToken cancellationToken = default);

    /// <summary>Makes an account; false if its name, its number or its identity is taken, as above. Of several who make accounts at once, on whatever server, none is missed.</summary>
    /// <param name="credentials">The account.</param>
    /// <param name="identity">Who its owner is to an identity provider; null for nobody.</param>
    /// <param name="refusesLookAlikes">Whether its name is taken by an account that looks like it, too.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<bool> TryCreateAsync(AccountCredentials credentials, OutsideIdentity? identity, bool refusesLookAlikes, CancellationToken cancellationToken = default);

    /// <summary>Sets another password; false if there is no such account.</summary>
    ValueTask<bool> SetPasswordAsync(UserName name, PasswordVerifier password, CancellationToken cancellationToken = default);

    /// <summary>Puts another verifier of the same password in the place of one; false if that is not the account's any more.</summary>
    ValueTask<bool> RenewPasswordAsync(AccountId account, PasswordVerifier old, PasswordVerifier renewed, CancellationToken cancellationToken = default);

    /// <summary>Sets the e-mail address of an account, where its owner has shown to read mail; false if there is no such account.</summary>
    ValueTask<bool> SetEmailAsync(AccountId account, string email, CancellationToken cancellationToken = default);

    /// <summary>Removes an account with all that belongs to it; false if there is none.</summary>
    ValueTask<bool> DeleteAsync(UserName name, CancellationToken cancellationToken = default);

    /// <summary>The certificates of an account, in the order in which they were added.</summary>
    ValueTask<IReadOnlyList<CertificateFingerprint>> ListCertificatesAsync(UserName name, CancellationToken cancellationToken = default);

    /// <summary>Lets clients with this certificate use an account; false if some account has it already, or this one is not there.</summary>
    ValueTask<bool> AddCertificateAsync(UserName name, CertificateFingerprint certificate, CancellationToken cancellationToken = default);

    /// <summary>Takes a certificate from an account; false if it does not have it.</summary>
    ValueTask<bool> RemoveCertificateAsync(UserName name, CertificateFingerprint certificate, CancellationToken cancellationToken = default);

    /// <summary>The outside identities of an account, in the order in which they were added.</summary>
    ValueTask<IReadOnlyList<OutsideIdentity>> ListOutsideAsync(UserName name, CancellationToken cancellationToken = default);

    /// <summary>Lets whom an identity provider knows as this one use an account; false if some account has that identity already, or this one is not there.</summary>
    ValueTask<bool> AddOutsideAsync(UserName name, OutsideIdentity identity, CancellationToken cancellationToken = default);

    /// <summary>Takes an outside identity from an account; false if it does not have it.</summary>
    ValueTask<bool> RemoveOutsideAsync(UserName name, OutsideIdentity identity, CancellationToken cancellationToken = default);

    /// <summary>The keys of SSH of an account, in the order in which they were added.</summary>
    ValueTask<IReadOnlyList<SshKey>> ListSshKeysAsync(UserName name, CancellationToken cancellationToken = default);

    /// <summary>Lets whoever has this key of SSH use an account; false if some account has it already, or this one is not there.</summary>
    ValueTask<bool> AddSshKeyAsync(UserName name, SshKey key, CancellationToken cancellationToken = default);

    /// <summary>Takes a key of SSH from an account; false if it does not have it.</summary>
    ValueTask<bool> RemoveSshKeyAsync(UserName name, SshKey key, CancellationToken cancellationToken = default);

    /// <summary>Returns the value that an account has under a key; null if it has none.</summary>
    /// <param name="account">The account.</param>
    /// <param name="kind">What the keys of this kind are about, such as <c>marker</c>. Each kind has keys of its own.</param>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<string?> GetValueAsync(AccountId account, string kind, string key, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sets what an account has under a key, or removes it; false if there is no such account. How many keys an account may
    /// have is for the caller to bound. After a loss of power, the last ones set may be missing.
    /// </summary>
    ValueTask<bool> SetValueAsync(AccountId account, string kind, string key, string? value, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sets what an account has under a key, or removes it, where that is still what the caller has read: of several who do so at once, on whatever server, one succeeds,
    /// and the others read again. False if it is something else by now, or there is no such account.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="kind">What the keys of this kind are about.</param>
    /// <param name="key">The key.</param>
    /// <param name="from">The value that was read; null for none.</param>
    /// <param name="to">The value from here on; null for none.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<bool> ExchangeValueAsync(AccountId account, string kind, string key, string? from, string? to, CancellationToken cancellationToken = default);

    /// <summary>All that an account has of one kind, by key.</summary>
    ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ListValuesAsync(
        AccountId account, string kind, CancellationToken cancellationToken = default);
}
