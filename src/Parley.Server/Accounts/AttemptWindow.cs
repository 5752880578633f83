namespace Parley.Server.Accounts;

/// <summary>Counts attempts of each key over a sliding window. Not for two threads at a time.</summary>
/// <param name="limit">Attempts in a window, asked anew each time: a reload may change it.</param>
/// <param name="window">The window.</param>
internal sealed class AttemptWindow<TKey>(Func<int> limit, TimeSpan window)
    where TKey : notnull
{
    private readonly Dictionary<TKey, List<DateTimeOffset>> _attempts = [];
    private readonly Dictionary<TKey, int> _underWay = [];
    private DateTimeOffset _nextSweep;

    /// <param name="limit">Attempts in a window.</param>
    /// <param name="window">The window.</param>
    public AttemptWindow(int limit, TimeSpan window)
        : this(() => limit, window)
    {
    }

    public bool HasRoom(TKey key, DateTimeOffset now) => Count(key, now) < limit();

    /// <summary>Room for one more, now or when those that are under way have ended well.</summary>
    public AttemptRoom Room(TKey key, DateTimeOffset now)
    {
        var (count, most) = (Count(key, now), limit());
        return count < most ? AttemptRoom.Free
            : count - _underWay.GetValueOrDefault(key) < most ? AttemptRoom.Soon
            : AttemptRoom.None;
    }

    /// <summary>Attempts of a key in the window that ends now.</summary>
    public int Count(TKey key, DateTimeOffset now)
    {
        Sweep(now);
        return _attempts.TryGetValue(key, out var attempts) ? attempts.Count(attempt => attempt > now - window) : 0;
    }

    /// <summary>An attempt begins, and counts from now on.</summary>
    public void Begin(TKey key, DateTimeOffset now)
    {
        _underWay[key] = _underWay.GetValueOrDefault(key) + 1;
        Add(key, now);
    }

    public void Add(TKey key, DateTimeOffset now)
    {
        if (!_attempts.TryGetValue(key, out var attempts))
        {
            _attempts.Add(key, attempts = []);
        }

        attempts.RemoveAll(attempt => attempt <= now - window);
        attempts.Add(now);
    }

    /// <summary>An attempt has ended.</summary>
    /// <param name="key">Whose.</param>
    /// <param name="counts">Whether it goes on counting.</param>
    public void End(TKey key, bool counts)
    {
        if (_underWay.GetValueOrDefault(key) is > 1 and var underWay)
        {
            _underWay[key] = underWay - 1;
        }
        else
        {
            _underWay.Remove(key);
        }

        if (!counts)
        {
            TakeBack(key);
        }
    }

    /// <summary>Forgets the last attempt of a key.</summary>
    public void TakeBack(TKey key)
    {
        if (_attempts.TryGetValue(key, out var attempts) && attempts.Count > 0)
        {
            attempts.RemoveAt(attempts.Count - 1);
        }
    }

    /// <summary>Forgets, once a window, keys without attempts in it.</summary>
    private void Sweep(DateTimeOffset now)
    {
        if (now < _nextSweep)
        {
            return;
        }

        _nextSweep = now + window;
        foreach (var (key, attempts) in _attempts)
        {
            if (attempts.TrueForAll(attempt => attempt <= now - window))
            {
                _attempts.Remove(key);
            }
        }
    }
}
