using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Broker.Homes;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Moderation;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Rooms;
using Parley.Server.Options;

namespace Parley.Server.Accounts;

/// <summary>Members who stay in their rooms while none of their sessions is connected, also over restarts: each has a stand-in from its log-in on.</summary>
/// <param name="broker">Decides.</param>
/// <param name="store">Where it is kept who stays, and where.</param>
/// <param name="options">The server's settings.</param>
/// <param name="logger">Is told what fails.</param>
internal sealed class AlwaysOn(IBroker broker, IAccountStore store, ParleyOptions options, ILogger<AlwaysOn> logger) : IHostedService, IDisposable
{
    /// <summary>Kind under which the account store files what is kept.</summary>
    private const string Kind = "always-on";

    private const string Wanted = "wanted";
    private const string Place = "place";

    // Set while a member that somebody has put out is not to come back by itself.
    private const string Gone = "gone";

    /// <summary>Time that the stop waits for those who are just coming back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<AccountId, StandIn> _standIns = new();
    private readonly SemaphoreSlim _turn = new(1);
    private Silence? _rooms;
    private Task _returning = Task.CompletedTask;
    private volatile bool _isStopping;

    // One for all: what rooms show to it is encoded once.
    private Silence Rooms => LazyInitializer.EnsureInitialized(ref _rooms, () => new Silence(null, Ruled));

    /// <summary>Brings those back who were here when the server last was.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _returning = options.AlwaysOn == AlwaysOnPolicy.Off ? Task.CompletedTask : Task.Run(ReturnAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Goes on with the stand-ins of another process, of those who are still to stay. Before anybody comes back.</summary>
    /// <param name="handover">Knows their sessions.</param>
    public async Task GoOnAsync(BrokerHandover handover)
    {
        foreach (var absent in handover.Waiting.Where(each => each.IsStandIn))
        {
            if (absent.Account is { } account && await IsOnAsync(account.Id, CancellationToken.None))
            {
                var standIn = new StandIn(broker, Rooms, account, (its, kept) => SaveAsync(its.Account.Id, kept), Ended);
                if (handover.TryAdopt(standIn.Session, absent.Id))
                {
                    _standIns[account.Id] = standIn;
                }
            }
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        await _returning.WaitAsync(Patience, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_standIns.Values.Select(standIn => standIn.FreezeAsync()));
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Gives the account that a session has logged in to a stand-in, if it is to have one. Never throws: to be in matters more.</summary>
    public async ValueTask ArrivedAsync(Session session, CancellationToken cancellationToken)
    {
        if (session.User is not { Profile: { Login: { } account } profile } user || _standIns.ContainsKey(account.Id) || _isStopping)
        {
            return;
        }

        try
        {
            if (await IsOnAsync(account.Id, cancellationToken))
            {
                // It may be back before the server has brought it back. Otherwise somebody has put it out: it comes as whoever comes in.
                var mayRule = !_returning.IsCompleted && await store.GetValueAsync(account.Id, Kind, Gone, cancellationToken) is null;
                var kept = await store.GetValueAsync(account.Id, Kind, Place, cancellationToken) is { } text ? KeptPlace.TryParse(text) : null;
                await store.SetValueAsync(account.Id, Kind, Gone, null, cancellationToken);
                await BeginAsync(account, new KeptPlace(user.Name, profile.Ident, profile.Host, profile.RealName, [.. (kept?.Rooms ?? []).Select(room => room with { IsOperator = room.IsOperator && mayRule })])
                {
                    IsBot = profile.IsBot,
                    IsInvisible = profile.IsInvisible,
                });
            }
        }
        catch (Exception e) when (e is AccountStoreException or HistoryException or RoomRegistryException)
        {
            // The next log-in asks again.
        }
    }

    /// <summary>Has the member of an account stay from here on, or no more. Returns what to say.</summary>
    /// <param name="session">A session of it.</param>
    /// <param name="isOn">Whether it is to stay.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask<string> SetAsync(Session session, bool isOn, CancellationToken cancellationToken)
    {
        if (session.User?.Profile.Login is not { } account)
        {
            return "Log in first";
        }

        if (isOn && options.AlwaysOn == AlwaysOnPolicy.Off)
        {
            return "Nobody stays on this server without a connection";
        }

        await store.SetValueAsync(account.Id, Kind, Wanted, isOn ? "on" : "off", cancellationToken);
        if (isOn)
        {
            await ArrivedAsync(session, cancellationToken);
            return "You stay in your rooms when you are not connected";
        }

        // At whatever node it is.
        await broker.AskAsync(session.Id, new DismissStandIns(), cancellationToken);
        await SaveAsync(account.Id, null);
        return "You leave your rooms with your last connection";
    }

    /// <summary>True if nobody here stays without a connection.</summary>
    public bool IsEmpty => _standIns.IsEmpty;

    /// <summary>Accounts were removed: their members stay no more.</summary>
    /// <param name="isThere">Whether an account is still there.</param>
    public void EndUnless(Func<AccountId, bool> isThere)
    {
        foreach (var standIn in _standIns.Values.Where(standIn => !isThere(standIn.Account.Id)))
        {
            standIn.Session.Close("Account removed");
        }
    }

    private async ValueTask<bool> IsOnAsync(AccountId account, CancellationToken cancellationToken) => options.AlwaysOn switch
    {
        AlwaysOnPolicy.Off => false,
        var policy => (await store.GetValueAsync(account, Kind, Wanted, cancellationToken) ?? (policy == AlwaysOnPolicy.All ? "on" : "off")) == "on",
    };

    private async Task BeginAsync(ProvenAccount account, KeptPlace place)
    {
        // One at a time: of two log-ins of an account one makes its stand-in.
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (_isStopping || _standIns.ContainsKey(account.Id))
            {
                return;
            }

            var standIn = new StandIn(broker, Rooms, account, (its, kept) => SaveAsync(its.Account.Id, kept), Ended);
            try
            {
                if (await standIn.BeginAsync(place))
                {
                    _standIns[account.Id] = standIn;
                }
            }
            catch (Exception)
            {
                await standIn.EndAsync("Not connected");
                throw;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ReturnAsync()
    {
        try
        {
            foreach (var account in await store.ListAsync())
            {
                await ReturnAsync(account.Proven);
            }
        }
        catch (AccountStoreException e)
        {
            Log.AlwaysOnFailed(logger, e.Message);
        }
    }

    private async Task ReturnAsync(ProvenAccount account)
    {
        try
        {
            if (!_isStopping && await store.GetValueAsync(account.Id, Kind, Gone) is null && await store.GetValueAsync(account.Id, Kind, Place) is { } kept && KeptPlace.TryParse(kept) is { } place
                && await IsOnAsync(account.Id, CancellationToken.None) && !await IsHereAsync(account.Id, place))
            {
                await BeginAsync(account, place);
            }
        }
        catch (Exception e)
        {
            // Whatever it is, the others are to come back all the same.
            Log.AlwaysOnFailed(logger, e.Message);
        }
    }

    /// <summary>True if another node of a cluster has brought a member back.</summary>
    private async ValueTask<bool> IsHereAsync(AccountId account, KeptPlace place)
        => await broker.LookAsync(SessionId.Server, new FindUser(place.Name, WithRooms: false)) is { Actor.Profile.Login: { } login } && login.Id == account;

    private Task SaveAsync(AccountId account, string? place) => SaveAsync(account, Place, place);

    private async Task SaveAsync(AccountId account, string key, string? value)
    {
        try
        {
            await store.SetValueAsync(account, Kind, key, value);
        }
        catch (AccountStoreException)
        {
            // The next change is saved with all that was before it.
        }
    }

    /// <summary>A room has other rules, by which it is kept for its members or not. Comes under the room's gate.</summary>
    private void Ruled(RoomName room)
    {
        foreach (var standIn in _standIns.Values.Where(standIn => standIn.Session.Rooms.Contains(room)))
        {
            standIn.Changed();
        }
    }

    /// <summary>Somebody has ended a stand-in, as whoever ends a member's sessions does. It comes back with the next log-in.</summary>
    private void Ended(StandIn standIn)
    {
        if (_standIns.TryRemove(KeyValuePair.Create(standIn.Account.Id, standIn)))
        {
            _ = EndAsync(standIn);
        }
    }

    private async Task EndAsync(StandIn standIn)
    {
        await standIn.EndAsync(standIn.Session.QuitReason ?? "Not connected");
        if (!_isStopping)
        {
            // Also over a restart.
            await SaveAsync(standIn.Account.Id, Gone, "yes");
        }
    }

    /// <summary>Has those leave whom a ban is about.</summary>
    public void EndIf(Ban ban)
    {
        foreach (var standIn in _standIns.Values)
        {
            if (standIn.Session.User is { } user && ban.Subject.Matches(new Actor(user.Id, user.Name, user.Profile)))
            {
                standIn.Session.Close(ban.Words("this server"), "Banned from this server");
            }
        }
    }
}
