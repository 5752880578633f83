using System.Collections.Concurrent;
using Parley.Core.Broker.Sessions;
using Parley.Core.Intentions;
using Parley.Core.Names;

namespace Parley.Core.Broker;

/// <summary>The names that are worn. A name belongs to at most one user at a time, compared without case.</summary>
/// <param name="refusesLookAlikes">Whether names that look alike belong to one user at most, too.</param>
/// <param name="onlyAscii">Whether names are of ASCII.</param>
internal sealed class NameDirectory(bool refusesLookAlikes = false, bool onlyAscii = false)
{
    private readonly ConcurrentDictionary<UserName, User> _users = new();
    private readonly NameIndex<UserName> _order = new();
    private readonly ConcurrentDictionary<string, User> _looks = new(StringComparer.Ordinal);

    /// <summary>Gives a user a name; or says why it cannot have it.</summary>
    public Verdict Claim(UserName name, User user)
    {
        if (onlyAscii && !name.IsAscii)
        {
            return Verdict.NameNotAscii;
        }

        if (!_users.TryAdd(name, user))
        {
            return Verdict.NameTaken;
        }

        // The user's own older name may look the same: then the look stays taken until that one is released.
        if (refusesLookAlikes && _looks.GetOrAdd(NameSkeleton.Of(name), user) != user)
        {
            _users.TryRemove(KeyValuePair.Create(name, user));
            return Verdict.NameLooksTaken;
        }

        Changed(name);
        return Verdict.Accepted;
    }

    /// <summary>Frees a name, but only if it is still that user's: whoever has claimed it since keeps it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="user">The user, who wears another name by now, or is gone.</param>
    public void Release(UserName name, User user)
    {
        // The look first: whoever claims the name in between is told that it is taken, and not that it looks like another.
        var look = refusesLookAlikes ? NameSkeleton.Of(name) : "";
        if (refusesLookAlikes && (user.IsGone || !string.Equals(look, NameSkeleton.Of(user.Name), StringComparison.Ordinal)))
        {
            _looks.TryRemove(KeyValuePair.Create(look, user));
        }

        if (_users.TryRemove(KeyValuePair.Create(name, user)))
        {
            Changed(name);
        }
    }

    /// <summary>Takes note that a user spells its name in another way, which may look different.</summary>
    public void Respell(UserName old, User user)
    {
        if (refusesLookAlikes)
        {
            _looks.TryAdd(NameSkeleton.Of(user.Name), user);
            var look = NameSkeleton.Of(old);
            if (!string.Equals(look, NameSkeleton.Of(user.Name), StringComparison.Ordinal))
            {
                _looks.TryRemove(KeyValuePair.Create(look, user));
            }
        }
    }

    /// <summary>Everybody, without keeping anybody waiting; whoever is being renamed may come twice or not at all.</summary>
    public IEnumerable<User> All() => _users.Select(named => named.Value);

    public User? Find(UserName name) => _users.GetValueOrDefault(name);

    /// <summary>Finds who wears a name that looks like this one; null for nobody, or where such names are not refused.</summary>
    public User? FindLookAlike(UserName name) => refusesLookAlikes ? _looks.GetValueOrDefault(NameSkeleton.Of(name)) : null;

    /// <summary>Waits for whoever keeps a name from others that it wears no more: it is being renamed, or goes, and some may have been shown that.</summary>
    /// <param name="name">The name, which could not be claimed.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>True if it may be claimed now; false if somebody wears it, or one that looks like it.</returns>
    public async ValueTask<bool> IsLeftAsync(UserName name, CancellationToken cancellationToken)
    {
        if (FindHolder(name) is not { } holder)
        {
            return true;
        }

        Task? leaving;
        lock (holder.Gate)
        {
            var worn = (holder.Ahead ?? holder.Actor).Name;
            if (!holder.IsGone && (worn == name || (refusesLookAlikes && string.Equals(NameSkeleton.Of(worn), NameSkeleton.Of(name), StringComparison.Ordinal))))
            {
                return false;
            }

            leaving = holder.Going ?? holder.Renaming;
        }

        await (leaving?.WaitAsync(cancellationToken) ?? Task.CompletedTask);
        return FindHolder(name) != holder;
    }

    /// <summary>The names behind one, in their order.</summary>
    /// <param name="after">The name before the first; <c>default</c> for the beginning.</param>
    /// <param name="limit">The most of them.</param>
    public IReadOnlyList<UserName> After(UserName after, int limit) => _order.After(after, limit, _users);

    private User? FindHolder(UserName name) => Find(name) ?? FindLookAlike(name);

    private void Changed(UserName name) => _order.Changed(name, _users);
}
