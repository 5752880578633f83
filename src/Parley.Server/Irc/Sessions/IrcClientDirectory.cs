using System.Collections.Concurrent;

namespace Parley.Server.Irc.Sessions;

/// <summary>The clients that are connected over IRC, and whose they are.</summary>
internal sealed class IrcClientDirectory
{
    /// <summary>Each with its user's id; 0 until it has registered.</summary>
    private readonly ConcurrentDictionary<IrcSession, long> _clients = new();
    private readonly ConcurrentDictionary<long, IrcSession> _byUser = new();
    private readonly ConcurrentDictionary<IrcSession, TaskCompletionSource> _awaited = new();
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

    /// <summary>A client has signed in.</summary>
    public void Registered(IrcSession client)
    {
        var userId = client.Session.User!.Id;
        _clients[client] = userId;
        _byUser[userId] = client;
        Interlocked.Decrement(ref _unregistered);
    }

    /// <summary>The client of a user; null if it has come by another protocol.</summary>
    public IrcSession? Find(long userId) => _byUser.GetValueOrDefault(userId);

    /// <summary>Completes when a client's conversation is over, and its name is free.</summary>
    public Task WhenGoneAsync(IrcSession client)
    {
        var gone = _awaited.GetOrAdd(client, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        if (!_clients.ContainsKey(client))
        {
            // It went before it was awaited.
            Tell(client);
        }

        return gone;
    }

    private void Tell(IrcSession gone)
    {
        if (_awaited.TryRemove(gone, out var awaited))
        {
            awaited.TrySetResult();
        }
    }

    private void Remove(IrcSession client)
    {
        client.LateReplay.Dispose();
        _clients.TryRemove(client, out var userId);
        Tell(client);
        if (userId == 0)
        {
            Interlocked.Decrement(ref _unregistered);
        }
        else
        {
            _byUser.TryRemove(KeyValuePair.Create(userId, client));
        }
    }
}
