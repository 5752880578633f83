using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Marks;

/// <summary>
/// Positions up to which users have read (https://ircv3.net/specs/extensions/read-marker): kept with the account of those who have proven
/// one, and of others for as long as they are here. No marker ever goes back.
/// </summary>
internal sealed class ReadMarkers(IAccountStore accounts) : IDisposable
{
    /// <summary>Kind under which the account store files the markers.</summary>
    private const string Kind = "marker";

    /// <summary>One user's rooms and conversations that are marked, at most; beyond them no new one is taken.</summary>
    private const int MaxTargets = 2_000;

    private readonly ConditionalWeakTable<User, ConcurrentDictionary<string, DateTimeOffset>> _known = [];

    /// <summary>Changes of one marker that other servers are ahead of in a row, at most.</summary>
    private const int MaxTries = 16;

    // One at a time, so that two clients of an account are not in each other's way; those at other servers find out by what is stored.
    private readonly SemaphoreSlim _changes = new(1);

    public void Dispose() => _changes.Dispose();

    /// <summary>The line that tells a marker; null: there is none.</summary>
    public static string Line(string target, DateTimeOffset? time)
        => $"MARKREAD {target} {(time is { } marked ? $"timestamp={IrcServerTime.ToText(marked)}" : "*")}";

    /// <summary>The marker that was last asked for, or set; null if there was none.</summary>
    public DateTimeOffset? Known(User user, string target)
        => _known.TryGetValue(user, out var markers) && markers.TryGetValue(KeyOf(target), out var time) ? time : null;

    /// <summary>Up to when a user has read a room or a conversation; null if it never said.</summary>
    /// <param name="user">The user.</param>
    /// <param name="target">The room or the conversation.</param>
    /// <param name="formerNames">Names that the room had: what was read under one counts up to the time when the room took another.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask<DateTimeOffset?> GetAsync(User user, string target, IReadOnlyList<FormerName> formerNames, CancellationToken cancellationToken)
        => await GetAsync(user, target, await StoredAsync(user, target, cancellationToken), formerNames, cancellationToken);

    private async ValueTask<DateTimeOffset?> GetAsync(
        User user, string target, string? stored, IReadOnlyList<FormerName> formerNames, CancellationToken cancellationToken)
    {
        var marked = Get(user, target, stored);
        foreach (var former in formerNames)
        {
            var name = $"#{former.Name.Value}";
            if (Get(user, name, await StoredAsync(user, name, cancellationToken)) is { } then)
            {
                marked = Later(marked, then < former.Until ? then : former.Until);
            }
        }

        return marked;
    }

    /// <summary>A room has taken another name; a user that is in it has read as far as before.</summary>
    public void Renamed(User user, RoomName oldName, RoomName newName)
    {
        if (Known(user, $"#{oldName.Value}") is { } marked)
        {
            Remember(user, $"#{newName.Value}", Later(Known(user, $"#{newName.Value}"), marked)!.Value);
        }
    }

    private DateTimeOffset? Get(User user, string target, string? stored)
    {
        if (stored is not null && IrcServerTime.TryParse(stored, out var time))
        {
            Remember(user, target, time);
        }

        return Known(user, target);
    }

    /// <summary>A user has read up to a time.</summary>
    /// <param name="user">The user.</param>
    /// <param name="target">The room or the conversation.</param>
    /// <param name="time">The time, UTC.</param>
    /// <param name="formerNames">Names that the room had.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>
    /// Up to when it has read from here on, which is later if it had said so, and whether that is news to its other clients; null:
    /// it has marked too many.
    /// </returns>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask<(DateTimeOffset Marked, bool IsNew)?> SetAsync(
        User user, string target, DateTimeOffset time, IReadOnlyList<FormerName> formerNames, CancellationToken cancellationToken)
    {
        await _changes.WaitAsync(cancellationToken);
        try
        {
            for (var tries = 0; ; tries++)
            {
                var stored = await StoredAsync(user, target, cancellationToken);
                var last = await GetAsync(user, target, stored, formerNames, cancellationToken);
                if (last >= time)
                {
                    return (last.Value, IsNew: false);
                }

                if (last is null && await CountAsync(user, cancellationToken) >= MaxTargets)
                {
                    return null;
                }

                if (user.Profile.Login is not { } owner || tries == MaxTries
                    || await accounts.ExchangeValueAsync(owner.Id, Kind, KeyOf(target), stored, IrcServerTime.ToText(time), cancellationToken))
                {
                    Remember(user, target, time);
                    return (time, IsNew: true);
                }
            }
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>A user has logged in: what it had marked before is its account's from here on, where it had not read further already.</summary>
    /// <param name="user">The user.</param>
    /// <param name="member">The user that it is with the account: the same, or the one who has proven it on another session.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The targets of which others of the account do not know yet, and up to when they were read.</returns>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask<IReadOnlyList<(string Target, DateTimeOffset Time)>> LoggedInAsync(User user, User member, CancellationToken cancellationToken)
    {
        var moved = new List<(string, DateTimeOffset)>();
        foreach (var (target, time) in _known.TryGetValue(user, out var markers) ? markers.ToArray() : [])
        {
            // What it knows is as good as stored, and would hide that nothing is.
            markers!.TryRemove(target, out _);
            try
            {
                if (await SetAsync(member, target, time, [], cancellationToken) is (_, IsNew: true))
                {
                    moved.Add((target, time));
                }
            }
            catch (AccountStoreException)
            {
                markers.TryAdd(target, time);
                throw;
            }
        }

        return moved;
    }

    private static string KeyOf(string target)
        => IrcChannel.TryParse(target, out var room) ? $"#{room.Key}" : UserName.TryParse(target, out var user) ? user.Key : target.ToLowerInvariant();

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one : other;

    private void Remember(User user, string target, DateTimeOffset time)
        => _known.GetOrCreateValue(user)[KeyOf(target)] = time;

    private async ValueTask<int> CountAsync(User user, CancellationToken cancellationToken)
        => user.Profile.Login is { } login
            ? (await accounts.ListValuesAsync(login.Id, Kind, cancellationToken)).Count
            : _known.GetOrCreateValue(user).Count;

    private ValueTask<string?> StoredAsync(User user, string target, CancellationToken cancellationToken)
        => user.Profile.Login is { } login ? accounts.GetValueAsync(login.Id, Kind, KeyOf(target), cancellationToken) : new((string?)null);
}
