using System.IO.Pipelines;
using Parley.Core.Accounts;
using Parley.Core.Broker.Keeping;
using Parley.Core.Broker.Sessions;
using Parley.Core.Broker.Timeline;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Modes;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Broker.Rooms;

/// <summary>The part of a room that decides who owns it and who has a role in it, and when it ends: a room that is registered does not end with its last member.</summary>
/// <param name="state">How it begins.</param>
/// <param name="life">Its life.</param>
/// <param name="flushes">Flushes it.</param>
/// <param name="observer">Is told of everything that is said in it.</param>
/// <param name="lane">Keeps what happens in it; null where nothing is kept.</param>
/// <param name="registry">Keeps it while it is registered; null where no room ever is.</param>
internal abstract class RoomCharter(
    RoomState state, RoomLife life, PipeScheduler flushes, IMessageObserver? observer, Lane? lane, IRoomRegistry? registry)
    : RoomTimeline(state, life, flushes, observer, lane, registry)
{
    private bool _closed;

    /// <summary>True if it is gone, though it may still be found.</summary>
    public bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>True if it takes no more posts. Guarded by the gate.</summary>
    protected bool IsStopped { get; private set; }

    protected RoomPolicy Policy => new(Decided);

    /// <summary>Takes no more posts from here on, whoever had them in hand.</summary>
    public void Stop()
    {
        lock (Gate)
        {
            IsStopped = true;
        }
    }

    /// <summary>Tells everybody in the room something that nobody said: now, whatever is on its way.</summary>
    public void Announce(string text, DateTimeOffset time)
    {
        lock (Gate)
        {
            Audience.Show(new ServerNotice(Name, Logs.LastNumber, time, text), audience: null, author: null);
        }

        MarkDirty();
    }

    /// <summary>Why nothing can happen here any more; null if it can.</summary>
    protected Verdict? Unfit() => IsStopped ? Verdict.Stopping : _closed ? Verdict.NoSuchRoom : null;

    /// <summary>The session's user, under the name that it has here.</summary>
    protected Actor ActorOf(Session session)
    {
        var actor = session.User?.Actor ?? default;
        return Decided.TryGet(actor.UserId, out var member) ? member.Actor : actor;
    }

    /// <summary>Closes it if nobody is in it and it is not registered. The gate MUST be held.</summary>
    protected void CloseIfEmpty(RoomDirectory directory)
    {
        if (Decided.Count == 0 && Decided.Registration is null && Shown.Registration is null)
        {
            Close();
            directory.Remove(Shown.Name, (Room)this);
            directory.Remove(Decided.Name, (Room)this);
        }
    }

    /// <summary>Closes it; whoever asks for it next takes it off the list. The gate MUST be held.</summary>
    protected void Close() => _closed = true;

    /// <summary>True if people have left it to programs, and it is not registered: then nobody is kept out, and the next person has a room of its own.</summary>
    protected bool IsLeftToPrograms => Decided is { Count: > 0, HasPeople: false, HasHadPeople: true } && !IsRegistered;

    /// <summary>True if it is registered, or was until something that is on its way.</summary>
    protected bool IsRegistered => (Decided.Registration ?? Shown.Registration) is not null;

    /// <summary>True if it closes when something that is on its way is kept: until then nobody comes in.</summary>
    protected bool IsEnding => Decided.Count == 0 && Decided.Registration is null && Shown.Registration is not null;

    /// <summary>Registers the room.</summary>
    /// <param name="ask">What is asked, by whom.</param>
    /// <param name="founder">The account that is to own it; null if the user has none.</param>
    /// <param name="book">Counts registered rooms.</param>
    /// <param name="hasLimit">Whether the account may own so many only.</param>
    /// <param name="directory">Where the room is found no more if it closes.</param>
    public Verdict Register(RoomAsk ask, ProvenAccount? founder, RegistrationBook book, bool hasLimit, RoomDirectory directory)
    {
        lock (Gate)
        {
            if ((Unfit() ?? Policy.RefusesRegistration(ActorOf(ask.By), founder) ?? book.Add(founder!.Id, hasLimit)) is { } refusal)
            {
                CloseIfEmpty(directory);
                return refusal;
            }

            Change(
                ask,
                new RoomRegistration(founder!, ask.Now),
                undo: () =>
                {
                    book.Remove(founder!.Id);
                    CloseIfEmpty(directory);
                });
        }

        return Verdict.Accepted;
    }

    /// <summary>Ends the registration; a room without members closes.</summary>
    /// <param name="ask">What is asked, by whom.</param>
    /// <param name="book">Counts registered rooms.</param>
    /// <param name="directory">Where the room is found no more if it closes.</param>
    public Verdict Unregister(RoomAsk ask, RegistrationBook book, RoomDirectory directory)
    {
        lock (Gate)
        {
            if ((Unfit() ?? Policy.RefusesOwnership(ActorOf(ask.By))) is { } refusal)
            {
                return refusal;
            }

            End(ask, Decided.Registration!, book, directory);
        }

        return Verdict.Accepted;
    }

    /// <summary>Gives an account a role, or takes it away; its members have the rank from then on, or have it no more.</summary>
    public Verdict SetRole(RoomAsk ask, ProvenAccount account, MemberRank rank, int maxRoles)
    {
        lock (Gate)
        {
            if ((Unfit() ?? Policy.RefusesRole(ActorOf(ask.By), account, rank, maxRoles)) is { } refusal)
            {
                return refusal;
            }

            Change(ask, Decided.Registration!.With(account, rank, ask.Now));
        }

        return Verdict.Accepted;
    }

    /// <summary>Gives the room another founder.</summary>
    /// <param name="ask">What is asked, by whom.</param>
    /// <param name="founder">The account that owns it from then on.</param>
    /// <param name="book">Counts registered rooms.</param>
    /// <param name="hasLimit">Whether the account may own so many only.</param>
    public Verdict Transfer(RoomAsk ask, ProvenAccount founder, RegistrationBook book, bool hasLimit)
    {
        lock (Gate)
        {
            if ((Unfit() ?? Policy.RefusesOwnership(ActorOf(ask.By))) is { } refusal)
            {
                return refusal;
            }

            var old = Decided.Registration!;
            if (founder.Id == old.Founder.Id)
            {
                return Verdict.Unchanged;
            }

            // Who is given a room is to be there, so that nobody is given what they do not want.
            if (hasLimit && !ActorOf(ask.By).Profile.May(ServerRights.Rooms) && !Decided.Members.Any(member => member.Actor.Profile.Login?.Id == founder.Id))
            {
                return Verdict.TargetNotInRoom;
            }

            if (book.Move(old.Founder.Id, founder.Id, hasLimit) is { } full)
            {
                return full;
            }

            Change(ask, old.OwnedBy(founder, ask.Now), undo: () => book.Move(founder.Id, old.Founder.Id, hasLimit: false));
        }

        return Verdict.Accepted;
    }

    /// <summary>Takes all masks off the lists, and all roles away.</summary>
    public Verdict ClearAccess(RoomAsk ask)
    {
        lock (Gate)
        {
            if ((Unfit() ?? Policy.RefusesOwnership(ActorOf(ask.By))) is { } refusal)
            {
                return refusal;
            }

            var masks = Decided.CopyLists()
                .SelectMany(list => list.Value.Select(entry => new RoomModeChange(IsAdding: false, list.Key, entry.Mask)));
            Change(ask, Decided.Registration! with { Roles = [] }, [.. masks]);
        }

        return Verdict.Accepted;
    }

    /// <summary>An account was removed: its role ends, and of a founder another takes the place, or the registration ends.</summary>
    public void Forget(RoomAsk ask, AccountId account, RegistrationBook book, RoomDirectory directory)
    {
        lock (Gate)
        {
            if (Unfit() is not null || Decided.Registration is not { } old)
            {
                return;
            }

            if (old.Without(account) is not { } left)
            {
                End(ask, old, book, directory);
            }
            else if (left != old)
            {
                if (left.Founder.Id != old.Founder.Id)
                {
                    book.Move(old.Founder.Id, left.Founder.Id, hasLimit: false);
                }

                Change(ask, left, undo: () => book.Move(left.Founder.Id, old.Founder.Id, hasLimit: false));
            }
        }
    }

    /// <summary>Gives a member a rank until it leaves, or takes it away, by the role of the user who asks.</summary>
    public Verdict SetRank(RoomAsk ask, Actor by, UserName member, MemberRank rank, bool isAdding)
    {
        lock (Gate)
        {
            var actor = ActorOf(ask.By);
            if ((Unfit() ?? Policy.RefusesRank(actor, member, rank, isAdding)) is { } refusal)
            {
                return refusal;
            }

            if (Policy.Effect(new RoomModeChange(isAdding, ModeOf(rank), member.Value), ask.Now) is { } change)
            {
                Show(ask, Number(new ModesChanged(Decided.Name, 0, TimeOf(ask), by, [change])));
            }
        }

        return Verdict.Accepted;
    }

    /// <summary>Gives a member the rank that its account has here, if it has less; its user's gate MUST be held.</summary>
    public void Promote(RoomAsk ask, long userId, ProvenAccount account)
    {
        lock (Gate)
        {
            if (Unfit() is null && Decided.Registration is { } registration && Decided.TryGet(userId, out var member)
                && registration.RankOf(account) is not MemberRank.None and var rank && !member.Rank.HasFlag(rank))
            {
                var change = new RoomModeChange(IsAdding: true, ModeOf(rank), member.Actor.Name.Value);
                Show(ask, Number(new ModesChanged(Decided.Name, 0, TimeOf(ask), ActorOf(ask.By), [change])));
            }
        }
    }

    private static MemberRank[] Ranks { get; } = [.. RoomModes.All.Select(info => info.Gives).Where(rank => rank != MemberRank.None).OrderDescending()];

    /// <summary>The mode that gives a rank.</summary>
    private static RoomMode ModeOf(MemberRank rank) => RoomModes.All.First(info => info.Gives == rank).Mode;

    private void Show(RoomAsk ask, RoomEvent entry) => ask.Take(this, entry, () => Audience.Show(entry, ask.Audience, ask.Tells?.Find(this)));

    private void End(RoomAsk ask, RoomRegistration old, RegistrationBook book, RoomDirectory directory)
        => Change(ask, registration: null, then: () =>
        {
            book.Remove(old.Founder.Id);
            CloseIfEmpty(directory);
        });

    /// <summary>Has another registration kept and shown, with the ranks and masks that change with it.</summary>
    private void Change(RoomAsk ask, RoomRegistration? registration, IReadOnlyList<RoomModeChange>? masks = null, Action? undo = null, Action? then = null)
    {
        var old = Decided.Registration;
        List<RoomModeChange> changes = [.. masks ?? []];
        if ((old is null) != (registration is null))
        {
            changes.Add(new RoomModeChange(IsAdding: registration is not null, RoomMode.Registered));
        }
        else
        {
            foreach (var member in Decided.Members)
            {
                var login = member.Actor.Profile.Login;
                var (had, has) = (old!.RankOf(login), registration!.RankOf(login));
                // With a role that is lowered goes what it has let its owner take besides.
                foreach (var rank in Ranks.Where(rank => member.Rank.HasFlag(rank) && had != has && (rank == had || (rank != has && has < had))))
                {
                    changes.Add(new RoomModeChange(IsAdding: false, ModeOf(rank), member.Actor.Name.Value));
                }

                if (had != has && has != MemberRank.None && !member.Rank.HasFlag(has))
                {
                    changes.Add(new RoomModeChange(IsAdding: true, ModeOf(has), member.Actor.Name.Value));
                }
            }
        }

        var actor = ActorOf(ask.By);
        var entry = Number(new RegistrationChanged(Decided.Name, 0, TimeOf(ask), actor, registration, changes));
        ask.Take(
            this,
            entry,
            () =>
            {
                if (changes.Count > 0)
                {
                    Audience.Show(entry, audience: null, ask.Tells?.Find(this));
                }

                then?.Invoke();
            },
            isRegistered: true,
            undo: undo);
    }
}
