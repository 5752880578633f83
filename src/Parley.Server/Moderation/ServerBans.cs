using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Moderation;
using Parley.Server.Connections;
using Parley.Server.Stores;

namespace Parley.Server.Moderation;

/// <summary>The bans from the server that hold: kept in a store, and looked up in memory.</summary>
/// <remarks>A ban MUST be kept before it holds, and hold before those who are in are looked for: whoever comes meanwhile is stopped by one of the two.</remarks>
internal sealed class ServerBans(IBanStore store, OpenSessions sessions, TimeProvider time, ILogger<ServerBans> logger, IStoreChanges? changes = null) : IBanList, IHostedService, IAsyncDisposable, IDisposable
{
    /// <summary>Reason that others are given when somebody who was in has to go.</summary>
    private const string PublicReason = "Banned from this server";

    /// <summary>Time for which a ban that is over is kept: a clock that was wrong for a while lifts none for good.</summary>
    private static readonly TimeSpan KeptBehindEnd = TimeSpan.FromDays(365);

    // One change at a time.
    private readonly SemaphoreSlim _turn = new(1);
    private volatile BanIndex _index = BanIndex.Empty;
    private StoreWatch? _watch;

    /// <summary>Is told each ban once it holds.</summary>
    public Action<Ban>? WhenAdded { get; set; }

    /// <summary>The bans that hold now, in the order in which their subjects were first banned.</summary>
    public IReadOnlyList<Ban> List()
    {
        var now = time.GetUtcNow();
        return [.. _index.All.Where(ban => !ban.IsOverAt(now))];
    }

    /// <inheritdoc/>
    public Ban? Find(IPAddress? address) => address is null ? null : _index.Find(address, time.GetUtcNow());

    /// <summary>A ban about an account; null if there is none.</summary>
    public Ban? Find(AccountId account) => _index.Find(Identity.Of(account), time.GetUtcNow());

    /// <inheritdoc/>
    public Ban? Find(in Actor user) => _index.Find(user, time.GetUtcNow());

    /// <summary>The words for the banned person; null where there is no ban.</summary>
    public static string? Words(Ban? ban) => ban?.Words("this server");

    /// <summary>Names of those who are here and whom a ban about a subject would end.</summary>
    public IReadOnlyList<string> Matching(BanSubject subject)
        => [.. sessions.All().Where(each => IsAbout(subject, each.Session, each.Address)).Select(NameOf).Distinct(StringComparer.Ordinal).Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>True if a ban about a subject would be about a session.</summary>
    public static bool IsAbout(BanSubject subject, Session session, IPAddress? address)
        => (address is not null && subject.Matches(address)) || (session.User is { } user && subject.Matches(new Actor(user.Id, user.Name, user.Profile)));

    /// <summary>Bans somebody, and ends all sessions that the ban is about.</summary>
    /// <returns>The names of those whose sessions have ended.</returns>
    /// <exception cref="AccountStoreException">The ban cannot be kept, and nothing has changed.</exception>
    public async Task<IReadOnlyList<string>> AddAsync(Ban ban, CancellationToken cancellationToken)
    {
        await ChangeAsync(
            async () =>
            {
                await store.SetAsync(ban, cancellationToken);
                var all = _index.All.ToList();
                var index = all.FindIndex(other => other.Subject.IsSame(ban.Subject));
                if (index >= 0)
                {
                    all[index] = ban;
                }
                else
                {
                    all.Add(ban);
                }

                return all;
            },
            cancellationToken);
        WhenAdded?.Invoke(ban);
        return ban.IsOverAt(time.GetUtcNow()) ? [] : End(ban);
    }

    /// <summary>The intention that ends the sessions of those whom a ban is about, at whatever node they are; nobody for a network, as only a node knows addresses.</summary>
    public static EndSessions EndingOf(Ban ban) => new(default, [], Words(ban)!, PublicReason)
    {
        Person = ban.Subject.Identity,
        Mask = ban.Subject.Kind == BanKind.Mask ? ban.Subject.Text : "",
    };

    /// <summary>Lifts the ban about a subject; false if there is none that holds.</summary>
    /// <exception cref="AccountStoreException">The store fails, and nothing has changed.</exception>
    public async Task<bool> RemoveAsync(BanSubject subject, CancellationToken cancellationToken)
    {
        var holds = List().Any(ban => ban.Subject.IsSame(subject));
        await ChangeAsync(
            async () =>
            {
                await store.RemoveAsync(subject, cancellationToken);
                return [.. _index.All.Where(ban => !ban.Subject.IsSame(subject))];
            },
            cancellationToken);
        return holds;
    }

    /// <summary>Reads what was kept; a ban that is long over is kept no more.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var bans = await store.ListAsync(cancellationToken);
        foreach (var over in bans.Where(ban => ban.IsOverAt(now - KeptBehindEnd)))
        {
            await store.RemoveAsync(over.Subject, cancellationToken);
        }

        _index = new BanIndex([.. bans.Where(ban => !ban.IsOverAt(now))]);
        _watch = new StoreWatch(changes, StorePart.Bans, ReadAgainAsync, time);
    }

    public void Dispose() => _turn.Dispose();

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        Dispose();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _watch, null) is { } watch)
        {
            await watch.DisposeAsync();
        }
    }

    /// <summary>Takes over the bans that other servers have kept and lifted; whom a new one is about has to go here, too.</summary>
    private async Task ReadAgainAsync(CancellationToken cancellationToken)
    {
        List<Ban> added = [];
        await ChangeAsync(
            async () =>
            {
                var now = time.GetUtcNow();
                List<Ban> all = [.. (await store.ListAsync(cancellationToken)).Where(ban => !ban.IsOverAt(now))];
                added = [.. all.Except(_index.All)];
                return all;
            },
            cancellationToken);
        foreach (var ban in added)
        {
            WhenAdded?.Invoke(ban);
            End(ban);
        }
    }

    private async Task ChangeAsync(Func<Task<List<Ban>>> change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _index = new BanIndex(await change());
        }
        finally
        {
            _turn.Release();
        }
    }

    private List<string> End(Ban ban)
    {
        var ended = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (session, address) in sessions.All())
        {
            if (IsAbout(ban.Subject, session, address))
            {
                ended.Add(NameOf((session, address)));
                session.Close(Words(ban)!, PublicReason);
            }
        }

        Log.Banned(logger, ban.Subject.Text, ended.Count);
        return [.. ended];
    }

    /// <summary>The name of whoever is there; the address of somebody who has none yet.</summary>
    private static string NameOf((Session Session, IPAddress? Address) each) => each.Session.User?.Name.Value ?? each.Address?.ToString() ?? "?";
}
