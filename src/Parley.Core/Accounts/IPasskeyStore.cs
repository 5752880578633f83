namespace Parley.Core.Accounts;

/// <summary>Keeps the passkeys of accounts. Every implementation passes <c>PasskeyStoreSpecification</c>.</summary>
/// <remarks>The rules of <see cref="IAccountStore"/> about threads, failures and wholeness hold.</remarks>
public interface IPasskeyStore
{
    /// <summary>Keeps a passkey; null if some account has that credential already, or this one has as many as it may.</summary>
    ValueTask<Passkey?> AddAsync(Passkey passkey, int most, CancellationToken cancellationToken = default);

    /// <summary>The passkey with this credential; null if there is none.</summary>
    ValueTask<Passkey?> FindAsync(ReadOnlyMemory<byte> credential, CancellationToken cancellationToken = default);

    /// <summary>The passkeys of an account, the oldest first.</summary>
    ValueTask<IReadOnlyList<Passkey>> ListAsync(AccountId account, CancellationToken cancellationToken = default);

    /// <summary>Notes that a passkey was used.</summary>
    ValueTask UsedAsync(ReadOnlyMemory<byte> credential, uint signCount, DateTimeOffset time, CancellationToken cancellationToken = default);

    /// <summary>Removes a passkey of an account; null if it has none of that number.</summary>
    ValueTask<Passkey?> RemoveAsync(AccountId account, long id, CancellationToken cancellationToken = default);
}
