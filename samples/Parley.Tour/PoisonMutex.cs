namespace Parley.Tour;

/// <summary>A lock with the value that it guards; a holder that throws poisons it, and the next ones are told.</summary>
/// <remarks>
/// <c>lock</c> lets go when its holder throws, and whoever comes next finds the value half changed without knowing. Here they
/// get a <see cref="PoisonedException"/> until somebody has mended the value with <see cref="Recover"/>.
/// </remarks>
public sealed class PoisonMutex<T>(T value)
{
    private readonly Lock _lock = new();
    private T _value = value;
    private Exception? _poison;

    /// <summary>Exception that a holder threw, while the mutex is poisoned; otherwise null.</summary>
    public Exception? Poison
    {
        get
        {
            lock (_lock)
            {
                return _poison;
            }
        }
    }

    /// <summary>Works on the value with the lock in hand; throws a <see cref="PoisonedException"/> if a holder before has thrown.</summary>
    /// <exception cref="LockRecursionException">The caller holds the lock already.</exception>
    public void Lock(GuardedAction<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Lock<object?>((ref T value) =>
        {
            work(ref value);
            return null;
        });
    }

    /// <summary>Works on the value with the lock in hand; throws a <see cref="PoisonedException"/> if a holder before has thrown.</summary>
    /// <exception cref="LockRecursionException">The caller holds the lock already.</exception>
    public TResult Lock<TResult>(GuardedFunc<T, TResult> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        ThrowIfHeld();
        lock (_lock)
        {
            if (_poison is not null)
            {
                throw new PoisonedException(_poison);
            }

            try
            {
                return work(ref _value);
            }
            catch (Exception e)
            {
                _poison = e;
                throw;
            }
        }
    }

    /// <summary>Mends the value with the lock in hand, poisoned or not; when <paramref name="repair"/> returns, the poison is gone.</summary>
    /// <exception cref="LockRecursionException">The caller holds the lock already.</exception>
    public void Recover(GuardedAction<T> repair)
    {
        ArgumentNullException.ThrowIfNull(repair);
        ThrowIfHeld();
        lock (_lock)
        {
            try
            {
                repair(ref _value);
                _poison = null;
            }
            catch (Exception e)
            {
                _poison ??= e;
                throw;
            }
        }
    }

    // A thread may enter its Lock again, and would then have the value twice.
    private void ThrowIfHeld()
    {
        if (_lock.IsHeldByCurrentThread)
        {
            throw new LockRecursionException("This thread works on the value already: use the value it was given.");
        }
    }
}
