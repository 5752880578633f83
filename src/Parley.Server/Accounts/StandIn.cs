using System.Buffers;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;

namespace Parley.Server.Accounts;

/// <summary>A session that nobody is at, which keeps an account's member in its rooms. What rooms these are, it tells whenever they change.</summary>
internal sealed class StandIn : ISessionConnection
{
    /// <summary>Longer than saving takes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly IBroker _broker;
    private readonly Func<StandIn, string, Task> _save;
    private readonly Action<StandIn> _ended;
    private Task _saving = Task.CompletedTask;
    private int _changes;
    private volatile bool _isOver;

    /// <summary>A stand-in that is not here yet.</summary>
    /// <param name="broker">Decides.</param>
    /// <param name="rooms">Takes note of what changes in rooms, for all stand-ins: see <see cref="Silence"/>.</param>
    /// <param name="account">The account.</param>
    /// <param name="save">Keeps where it is; never throws.</param>
    /// <param name="ended">Is told when somebody has ended it.</param>
    public StandIn(IBroker broker, Flavor rooms, ProvenAccount account, Func<StandIn, string, Task> save, Action<StandIn> ended)
    {
        (_broker, Account, _save, _ended) = (broker, account, save, ended);
        Session = new Session(rooms, new OutboxOptions(), new Silence(Changed, null)) { IsStandIn = true, Connection = this, Left = (_, _) => Changed() };
    }

    /// <summary>The account.</summary>
    public ProvenAccount Account { get; }

    /// <summary>The session.</summary>
    public Session Session { get; }

    /// <summary>Comes in, as one of the account's sessions or its first, and into the rooms that it is to be in. False: it is not let in.</summary>
    public async Task<bool> BeginAsync(KeptPlace place)
    {
        _broker.Attach(Session);
        var profile = new UserProfile { Ident = place.Ident, Host = place.Host, RealName = place.RealName, Login = Account, IsBot = place.IsBot, IsInvisible = place.IsInvisible };
        var verdict = await AskAsync(new SignIn(place.Name, profile) { IsStandIn = true });
        if (verdict is Verdict.NameTaken or Verdict.NameLooksTaken or Verdict.NameOwned)
        {
            verdict = await AskAsync(new SignIn(Account.Name, profile) { IsStandIn = true });
        }

        if (verdict != Verdict.Accepted)
        {
            _isOver = true;
            await _broker.DetachAsync(Session.Id);
            return false;
        }

        await AskAsync(new FollowAll());
        foreach (var room in await RoomsAsync())
        {
            await AskAsync(new Join(room) { OnlyIfMember = true });
        }

        foreach (var (room, key, isOperator) in place.Rooms.Where(its => !Session.Rooms.Contains(its.Room)))
        {
            await AskAsync(new Join(room, key) { Had = isOperator ? MemberRank.Operator : MemberRank.None });
        }

        Changed();
        return true;
    }

    /// <summary>Leaves, for good or until the server comes up again.</summary>
    public async Task EndAsync(string reason)
    {
        _isOver = true;
        await _broker.DetachAsync(Session.Id, reason);
    }

    /// <summary>Saves what has changed last, and tells nothing more: the server stops, and the member comes back where it was.</summary>
    public async Task FreezeAsync()
    {
        await Volatile.Read(ref _saving).WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _isOver = true;
    }

    void ISessionConnection.End() => _ended(this);

    void ISessionConnection.CutOff() => _ended(this);

    private async Task<IReadOnlyList<RoomName>> RoomsAsync()
        => Session.User is { } user && await _broker.LookAsync(Session.Id, new FindUser(user.Name)) is { } view ? [.. view.Rooms.Select(place => place.Room)] : [];

    private async Task<Verdict> AskAsync(Intention what) => (await _broker.AskAsync(Session.Id, what)).Verdict;

    /// <summary>Where it is has changed: saves it elsewhere, as this comes under gates; what changes meanwhile is saved with the next time.</summary>
    public void Changed()
    {
        if (!_isOver && Interlocked.Increment(ref _changes) == 1)
        {
            Volatile.Write(ref _saving, Task.Run(SaveAsync));
        }
    }

    private async Task SaveAsync()
    {
        try
        {
            int seen;
            do
            {
                seen = Volatile.Read(ref _changes);
                if (Session.User is { } user && !_isOver)
                {
                    await _save(this, (await PlaceAsync(user)).ToString());
                }
            }
            while (Interlocked.CompareExchange(ref _changes, 0, seen) != seen);
        }
        catch (Exception)
        {
            // The next change is saved with all that was before it.
            Volatile.Write(ref _changes, 0);
        }
    }

    /// <remarks>
    /// A room that is not registered is founded anew after a restart, without its rules: of one that keeps somebody out or hides, nothing is kept, so that
    /// nobody says there to all what was for few.
    /// </remarks>
    private async Task<KeptPlace> PlaceAsync(User user)
    {
        var rooms = new List<(RoomName, string?, bool)>();
        foreach (var room in Session.Rooms.ToArray())
        {
            if (await _broker.LookAsync(Session.Id, new FindRoom(room)) is { } view && (view.Flags.Contains(RoomMode.Registered) || !view.KeepsOut))
            {
                rooms.Add((room, view.Key, view.Members.Any(member => member.Actor.UserId == user.Id && member.Rank.HasFlag(MemberRank.Operator))));
            }
        }

        return new KeptPlace(user.Name, user.Profile.Ident, user.Profile.OwnHost ?? user.Profile.Host, user.Profile.RealName, rooms)
        {
            IsBot = user.Profile.IsBot,
            IsInvisible = user.Profile.IsInvisible,
        };
    }
}
