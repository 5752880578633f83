using System.Collections.Concurrent;
using Parley.Core.Names;
using Parley.Core.Sessions;

namespace Parley.Core.Broker;

/// <summary>Who has which name. A name belongs to at most one user at a time, compared without case.</summary>
internal sealed class NameDirectory
{
    private readonly ConcurrentDictionary<UserName, User> _users = new();

    public bool TryClaim(UserName name, User user) => _users.TryAdd(name, user);

    /// <summary>Frees a name, but only if it is still that user's: whoever has claimed it since keeps it.</summary>
    public void Release(UserName name, User user) => _users.TryRemove(KeyValuePair.Create(name, user));

    /// <summary>Everybody, without keeping anybody waiting; whoever is being renamed may come twice or not at all.</summary>
    public IEnumerable<User> All() => _users.Select(named => named.Value);

    public User? Find(UserName name) => _users.GetValueOrDefault(name);
}
