using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Core.Ports;
using Parley.Core.Sessions;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc.History;

/// <summary>
/// How far users have read (https://ircv3.net/specs/extensions/read-marker): kept with the account of those who have proven
/// one, and of others for as long as they are here. No marker ever goes back.
/// </summary>
internal sealed class ReadMarkers(IAccountStore accounts) : IDisposable
{
    /// <summary>What the account store files them under.</summary>
    private const string Kind = "marker";

    /// <summary>One user's rooms and conversations that are marked, at most; beyond them no new one is taken.</summary>
    private const int MaxTargets = 2_000;

    private readonly ConditionalWeakTable<User, ConcurrentDictionary<string, DateTimeOffset>> _known = [];

    // One at a time, so that of two clients of an account neither puts the other's marker back.
    private readonly SemaphoreSlim _changes = new(1);

    public void Dispose() => _changes.Dispose();

    /// <summary>The line that tells a marker; null: there is none.</summary>
    public static string Line(string target, DateTimeOffset? time)
        => $"MARKREAD {target} {(time is { } marked ? $"timestamp={IrcServerTime.ToText(marked)}" : "*")}";

    /// <summary>The marker that was last asked for, or set; null if there was none.</summary>
    public DateTimeOffset? Known(User user, string target)
        => _known.TryGetValue(user, out var markers) && markers.TryGetValue(KeyOf(target), out var time) ? time : null;

    /// <summary>Up to when a user has read a room or a conversation; null if it never said.</summary>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask<DateTimeOffset?> GetAsync(User user, string target, CancellationToken cancellationToken)
    {
        if (user.Profile.Account is { IsEmpty: false } account && await StoredAsync(account, target, cancellationToken) is { } stored)
        {
            Remember(user, target, stored);
        }

        return Known(user, target);
    }

    /// <summary>A user has read up to a time.</summary>
    /// <returns>Up to when it has read from here on, which is later if it had said so; null: it has marked too many.</returns>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask<DateTimeOffset?> SetAsync(User user, string target, DateTimeOffset time, CancellationToken cancellationToken)
    {
        await _changes.WaitAsync(cancellationToken);
        try
        {
            var last = await GetAsync(user, target, cancellationToken);
            if (last >= time)
            {
                return last;
            }

            var account = user.Profile.Account;
            if (last is null && await CountAsync(user, account, cancellationToken) >= MaxTargets)
            {
                return null;
            }

            if (!account.IsEmpty)
            {
                await accounts.SetValueAsync(account, Kind, KeyOf(target), IrcServerTime.ToText(time), cancellationToken);
            }

            Remember(user, target, time);
            return time;
        }
        finally
        {
            _changes.Release();
        }
    }

    private static string KeyOf(string target) => target.ToLowerInvariant();

    private void Remember(User user, string target, DateTimeOffset time)
        => _known.GetOrCreateValue(user)[KeyOf(target)] = time;

    private async ValueTask<int> CountAsync(User user, UserName account, CancellationToken cancellationToken)
        => account.IsEmpty ? _known.GetOrCreateValue(user).Count : (await accounts.ListValuesAsync(account, Kind, cancellationToken)).Count;

    private async ValueTask<DateTimeOffset?> StoredAsync(UserName account, string target, CancellationToken cancellationToken)
        => await accounts.GetValueAsync(account, Kind, KeyOf(target), cancellationToken) is { } text && IrcServerTime.TryParse(text, out var time)
            ? time : null;
}
