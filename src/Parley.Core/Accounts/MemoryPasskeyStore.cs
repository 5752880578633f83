namespace Parley.Core.Accounts;

/// <summary>Passkeys that are forgotten when the process ends.</summary>
public sealed class MemoryPasskeyStore : IPasskeyStore
{
    private readonly Lock _gate = new();
    private readonly List<Passkey> _passkeys = [];
    private long _lastId;

    /// <inheritdoc/>
    public ValueTask<Passkey?> AddAsync(Passkey passkey, int most, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (IndexOf(passkey.Credential) >= 0 || _passkeys.Count(other => other.Account == passkey.Account) >= most)
            {
                return ValueTask.FromResult<Passkey?>(null);
            }

            var kept = passkey with { Id = ++_lastId };
            _passkeys.Add(kept);
            return ValueTask.FromResult<Passkey?>(kept);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Passkey?> FindAsync(ReadOnlyMemory<byte> credential, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(IndexOf(credential) is >= 0 and var index ? _passkeys[index] : null);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Passkey>> ListAsync(AccountId account, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<Passkey>>([.. _passkeys.Where(passkey => passkey.Account == account)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask UsedAsync(ReadOnlyMemory<byte> credential, uint signCount, DateTimeOffset time, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (IndexOf(credential) is >= 0 and var index)
            {
                _passkeys[index] = _passkeys[index] with { SignCount = signCount, Used = time };
            }
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<Passkey?> RemoveAsync(AccountId account, long id, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var found = _passkeys.Find(passkey => passkey.Account == account && passkey.Id == id);
            if (found is not null)
            {
                _passkeys.Remove(found);
            }

            return ValueTask.FromResult(found);
        }
    }

    private int IndexOf(ReadOnlyMemory<byte> credential) => _passkeys.FindIndex(passkey => passkey.Credential.Span.SequenceEqual(credential.Span));
}
