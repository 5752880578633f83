using Parley.Core.Accounts;
using Parley.Core.Broker.Rooms;
using Parley.Core.Broker.Sessions;
using Parley.Core.Broker.Timeline;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Rooms;

namespace Parley.Core.Broker;

/// <summary>Decisions on registered rooms. Most rooms are not; where there is no registry, none is.</summary>
internal sealed class RegistrationDecisions
{
    private readonly RoomDirectory _rooms;
    private readonly BrokerOptions _options;
    private readonly RegistrationBook _book;
    private readonly Session _services;
    private readonly bool _isOff;

    /// <summary>Brings the registered rooms back.</summary>
    public RegistrationDecisions(RoomDirectory rooms, BrokerOptions options, IRoomRegistry? registry, Session services)
    {
        _rooms = rooms;
        _options = options;
        _services = services;
        _book = new RegistrationBook(options.MaxRoomsPerAccount, options.MaxRegisteredRooms);
        _isOff = registry is null;
        foreach (var kept in registry?.Load() ?? [])
        {
            rooms.Restore(kept);
            _book.Restore(kept.Registration.Founder.Id);
        }
    }

    /// <summary>Decides something about a registered room. What the server asks for has no limits, and only the server forgets accounts.</summary>
    public Verdict Decide(RoomAsk ask, RegistrationIntention what)
    {
        var byServer = ask.By == _services;
        return what switch
        {
            RegisterRoom its => Register(ask, its, byServer),
            UnregisterRoom its => On(its.Room, found => found.Unregister(ask, _book, _rooms)),
            SetRole its => On(its.Room, found => found.SetRole(ask, its.Account, its.Rank, _options.MaxRoles)),
            SetRank its => On(its.Room, found => found.SetRank(ask, _services.User!.Actor, its.Member, its.Rank, its.IsAdding)),
            TransferRoom its => On(its.Room, found => found.Transfer(ask, its.Founder, _book, hasLimit: !byServer)),
            ClearAccess its => On(its.Room, found => found.ClearAccess(ask)),
            ForgetAccount its => byServer ? Forget(ask, its.Account) : Verdict.NotOperator,
            _ => throw new ArgumentException($"Nobody decides {what.GetType().Name}", nameof(what)),
        };
    }

    /// <summary>Registers a room; one that is not there is made if the server asks for it.</summary>
    private Verdict Register(RoomAsk ask, RegisterRoom what, bool byServer)
    {
        if (_isOff)
        {
            return Verdict.RegistryFails;
        }

        var founder = what.Founder ?? ask.By.User?.Profile.Login;
        while (true)
        {
            if (!_rooms.TryGet(what.Room, out var found))
            {
                if (!byServer)
                {
                    return Verdict.NoSuchRoom;
                }

                if (_rooms.Refusal(what.Room) is { } unnamable)
                {
                    return unnamable;
                }

                found = _rooms.GetOrAdd(what.Room);
            }

            var verdict = found.Register(ask, founder, _book, hasLimit: !byServer, _rooms);
            if (verdict != Verdict.NoSuchRoom || !found.IsClosed || !byServer)
            {
                return verdict;
            }

            _rooms.Remove(what.Room, found);
        }
    }

    /// <summary>An account was removed.</summary>
    private Verdict Forget(RoomAsk ask, AccountId account)
    {
        foreach (var room in _rooms.All())
        {
            room.Forget(ask, account, _book, _rooms);
        }

        return Verdict.Accepted;
    }

    /// <summary>The registration of a room, as far as a viewer may know of it.</summary>
    public RegistrationView? Find(RoomName room, Viewer viewer)
        => _rooms.TryGet(room, out var found) ? found.Ask(state => ViewOf(state, viewer)) : null;

    /// <summary>The registered rooms of a viewer.</summary>
    public Page<RegistrationView, RoomName> List(ListRegistrations what, Viewer viewer)
    {
        var names = _rooms.After(what.After, what.Limit);
        var found = new List<RegistrationView>();
        foreach (var name in names)
        {
            if (_rooms.TryGet(name, out var room)
                && room.Ask(state => new RoomPolicy(state).ListsFor(viewer) ? ViewOf(state, viewer) : null) is { } view)
            {
                found.Add(view);
            }
        }

        return Page<RegistrationView, RoomName>.Of(names, what.Limit, found);
    }

    private static RegistrationView? ViewOf(RoomState state, Viewer viewer)
    {
        var policy = new RoomPolicy(state);
        return state.Registration is not { } registration || policy.SightOf(viewer) == RoomSight.None ? null
            : new RegistrationView(
                state.Name, policy.ShowsRoles(viewer) ? registration : registration with { Roles = [] }, state.Count, state.Has(RoomMode.Secret))
            {
                ShowsRoles = policy.ShowsRoles(viewer),
                Topic = state.Topic?.Text,
            };
    }

    private Verdict On(RoomName room, Func<Room, Verdict> decide) => !_rooms.TryGet(room, out var found) ? Verdict.NoSuchRoom : decide(found) is not Verdict.Unchanged and var verdict ? verdict : Verdict.Accepted;
}
