using System.Collections.Concurrent;

namespace Parley.Server.Irc.Sessions;

/// <summary>The clients that are connected over IRC, and whose they are.</summary>
internal sealed class IrcClientDirectory
{
    /// <summary>Each with its user's id; 0 until it has registered.</summary>
    private readonly ConcurrentDictionary<IrcSession, long> _clients = new();
    private readonly ConcurrentDictionary<long, IrcSession> _byUser = new();

    /// <summary>Guards which clients a user has beside the first.</summary>
    private readonly Lock _gate = new();
    private readonly Dictionary<long, List<IrcSession>> _more = [];
    private int _unregistered;

    /// <summary>Number of clients that have not registered yet.</summary>
    public int Unregistered => Volatile.Read(ref _unregistered);

    /// <summary>All of them, in no particular order; those that come or go meanwhile may or may not be among them.</summary>
    public IEnumerable<IrcSession> All() => _clients.Select(client => client.Key);

    /// <summary>Has a client be one of them for as long as its conversation runs.</summary>
    public async Task RunAsync(IrcSession client, Func<Task> conversation)
    {
        _clients[client] = 0;
        Interlocked.Increment(ref _unregistered);
        try
        {
            await conversation();
        }
        finally
        {
            Remove(client);
        }
    }

    /// <summary>A client has signed in; or is another user's from here on.</summary>
    public void Registered(IrcSession client)
    {
        var userId = client.Session.User!.Id;
        var old = _clients[client];
        if (old == 0)
        {
            Interlocked.Decrement(ref _unregistered);
        }

        lock (_gate)
        {
            Forget(old, client);
            _clients[client] = userId;
            if (!_byUser.TryAdd(userId, client))
            {
                (_more.TryGetValue(userId, out var more) ? more : _more[userId] = []).Add(client);
            }
        }
    }

    /// <summary>The client of a user that came first; null if it has come by another protocol.</summary>
    public IrcSession? Find(long userId) => _byUser.GetValueOrDefault(userId);

    /// <summary>The clients of a user.</summary>
    public IReadOnlyList<IrcSession> All(long userId)
    {
        lock (_gate)
        {
            return _byUser.TryGetValue(userId, out var first) ? [first, .. _more.GetValueOrDefault(userId) ?? []] : [];
        }
    }

    private void Remove(IrcSession client)
    {
        client.LateReplay.Dispose();
        lock (_gate)
        {
            _clients.TryRemove(client, out var userId);
            if (userId == 0)
            {
                Interlocked.Decrement(ref _unregistered);
            }

            Forget(userId, client);
        }
    }

    private void Forget(long userId, IrcSession client)
    {
        var more = _more.GetValueOrDefault(userId);
        if (_byUser.TryRemove(KeyValuePair.Create(userId, client)))
        {
            if (more is not null)
            {
                _byUser[userId] = more[0];
                more.RemoveAt(0);
            }
        }
        else
        {
            more?.Remove(client);
        }

        if (more is { Count: 0 })
        {
            _more.Remove(userId);
        }
    }
}
