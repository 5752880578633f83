using System.Collections.Immutable;

namespace Parley.Server.Irc.Sessions;

/// <summary>Keys whose values a session is told, and values that it has set on its user before it had one.</summary>
internal sealed class SessionMetadata(int maxValues)
{
    /// <summary>Keys that a session may subscribe to.</summary>
    public const int MaxSubscriptions = 50;

    private readonly SortedDictionary<string, string> _early = new(StringComparer.Ordinal);

    // Replaced as a whole, as others' changes look here from any thread.
    private ImmutableList<string> _subscriptions = [];

    /// <summary>The keys, in the order in which they were asked for.</summary>
    public ImmutableList<string> Subscriptions => Volatile.Read(ref _subscriptions);

    /// <summary>Values that the session has set before it registered; empty afterwards.</summary>
    public IReadOnlyDictionary<string, string> Early => _early;

    /// <summary>False if there are as many as there may be.</summary>
    public bool TrySubscribe(string key)
    {
        if (_subscriptions.Count >= MaxSubscriptions)
        {
            return false;
        }

        if (!_subscriptions.Contains(key))
        {
            Volatile.Write(ref _subscriptions, _subscriptions.Add(key));
        }

        return true;
    }

    public void Unsubscribe(string key) => Volatile.Write(ref _subscriptions, _subscriptions.Remove(key, StringComparer.Ordinal));

    public void UnsubscribeAll() => Volatile.Write(ref _subscriptions, []);

    /// <summary>Sets a value before the session has registered; null takes it away. False if there are too many, or none to take away.</summary>
    public bool TrySetEarly(string key, string? value)
    {
        if (value is null)
        {
            return _early.Remove(key);
        }

        if (!_early.ContainsKey(key) && _early.Count >= maxValues)
        {
            return false;
        }

        _early[key] = value;
        return true;
    }

    /// <summary>Forgets what was set before the session registered.</summary>
    public void ClearEarly() => _early.Clear();
}
