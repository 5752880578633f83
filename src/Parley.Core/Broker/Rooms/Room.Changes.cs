using Parley.Core.Broker.Sessions;
using Parley.Core.Broker.Timeline;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Modes;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Broker.Rooms;

// What becomes of the room itself: its name, its modes, its topic.
internal sealed partial class Room
{
    /// <summary>Has something happen here, if the policy lets it.</summary>
    /// <param name="ask">What is asked, by whom.</param>
    /// <param name="refuse">Why it may not happen; null if it may.</param>
    /// <param name="happen">The event at a time, without its number.</param>
    public Verdict Decide(RoomAsk ask, Func<RoomPolicy, RoomState, Verdict?> refuse, Func<RoomState, DateTimeOffset, RoomEvent> happen)
    {
        lock (Gate)
        {
            if ((Unfit() ?? refuse(Policy, Decided)) is { } refusal)
            {
                return refusal;
            }

            Take(ask, Number(happen(Decided, TimeOf(ask))));
        }

        return Verdict.Accepted;
    }

    /// <summary>Changes the modes that the user may change. Null: the room has closed.</summary>
    public ModesResult? ChangeModes(RoomAsk ask, IReadOnlyList<RoomModeChange> wanted)
    {
        List<RoomModeChange> applied = [];
        List<(RoomModeChange, Verdict)> refused = [];
        lock (Gate)
        {
            if (Unfit() is not null)
            {
                return null;
            }

            var actor = ActorOf(ask.By);

            // One at a time, as the next may depend on it; on a copy, as all of it is one event.
            var state = wanted.Count > 1 ? Decided.Clone() : Decided;
            var policy = new RoomPolicy(state);
            foreach (var change in wanted)
            {
                if (policy.RefusesMode(actor, change, ask.Now) is { } refusal)
                {
                    refused.Add((change, refusal));
                }
                else if (policy.Effect(change, ask.Now) is { } effect)
                {
                    applied.Add(effect);
                    if (wanted.Count > 1)
                    {
                        state.Fold(new ModesChanged(state.Name, state.Number, ask.Now, actor, [effect]));
                    }
                }
            }

            if (applied.Count > 0)
            {
                Take(ask, Number(new ModesChanged(Decided.Name, 0, TimeOf(ask), actor, applied)));
            }
        }

        return new ModesResult(applied, refused);
    }

    /// <summary>Why the session may not give the room a name; null if it may, as far as history has nothing against it.</summary>
    public Verdict? RefusesRenaming(RoomAsk ask, RoomName newName, RoomDirectory directory)
    {
        lock (Gate)
        {
            return (Unfit() ?? Policy.RefusesRenaming(ActorOf(ask.By))) is { } refusal ? refusal
                : string.Equals(Decided.Name.Value, newName.Value, StringComparison.Ordinal) ? Verdict.RoomExists
                : newName != Decided.Name && directory.TryGet(newName, out var other) && !other.IsClosed ? Verdict.RoomExists
                : null;
        }
    }

    /// <summary>Gives the room another name, or another spelling of the one that it has. Where history is kept, only a spelling: see <see cref="Move"/>.</summary>
    /// <param name="ask">What is asked, by whom.</param>
    /// <param name="newName">The name.</param>
    /// <param name="reason">Why.</param>
    /// <param name="directory">Where it is found.</param>
    public Verdict Rename(RoomAsk ask, RoomName newName, string reason, RoomDirectory directory)
    {
        lock (Gate)
        {
            if (RefusesRenaming(ask, newName, directory) is { } refusal)
            {
                return refusal;
            }

            var oldName = Decided.Name;
            if (newName != oldName && !directory.TryAdd(newName, this))
            {
                return Verdict.RoomExists;
            }

            var actor = ActorOf(ask.By);
            var entry = (RoomRenamed)Number(new RoomRenamed(oldName, 0, TimeOf(ask), actor, newName, reason));
            ask.Take(
                this,
                entry,
                () => ShowRenaming(entry, ask.By, directory),
                isRegistered: IsRegistered,
                undo: () =>
                {
                    if (newName != oldName)
                    {
                        directory.Remove(newName, this);
                    }
                });
        }

        return Verdict.Accepted;
    }

    /// <summary>
    /// Gives the room another name, under which its history goes on. It is found under that at once, and under the old one until the
    /// renaming is shown. None must be on its way to it.
    /// </summary>
    /// <param name="ask">What is asked, by whom.</param>
    /// <param name="newName">The name.</param>
    /// <param name="reason">Why.</param>
    /// <param name="numbers">Numbers what happens under that name.</param>
    /// <param name="last">The last number under it, up to which history was looked at.</param>
    /// <param name="directory">Where it is found.</param>
    /// <returns>Null: something was said under that name since, or the room is being renamed; look again.</returns>
    public Verdict? Move(RoomAsk ask, RoomName newName, string reason, RoomNumbers numbers, long last, RoomDirectory directory)
    {
        lock (Gate)
        {
            if (Naming.Pending is { IsCompleted: false })
            {
                return null;
            }

            if ((RefusesRenaming(ask, newName, directory) ?? (Numbers.AreKept ? null : Verdict.HistoryFails)) is { } refusal)
            {
                return refusal;
            }

            if (!directory.TryAdd(newName, this))
            {
                return Verdict.RoomExists;
            }

            // From here on, no room but this one can give numbers under that name.
            if (numbers.Last != last)
            {
                directory.Remove(newName, this);
                return null;
            }

            var entry = new RoomRenamed(Decided.Name, Number: 0, ask.Now, ActorOf(ask.By), newName, reason);
            return TryMove(ask, entry, numbers, show: named => ShowRenaming(named, ask.By, directory), takeBack: () => directory.Remove(newName, this))
                ? Verdict.Accepted : Verdict.Stopping;
        }
    }

    /// <summary>Takes a message away: history has another entry in its place before anybody is told.</summary>
    /// <param name="ask">What is asked, by whom.</param>
    /// <param name="message">The message.</param>
    /// <param name="replacement">What history keeps in its place.</param>
    /// <param name="reason">Why.</param>
    /// <param name="withoutRank">Why it is refused unless the rank allows it, which may be another since history was asked; null if its author may, too.</param>
    public Verdict Redact(RoomAsk ask, HistoryEntry message, HistoryEntry replacement, string reason, Verdict? withoutRank)
    {
        lock (Gate)
        {
            if (Unfit() is { } unfit)
            {
                return unfit;
            }

            var actor = ActorOf(ask.By);
            if (withoutRank is { } refusal && !new RoomPolicy(Decided).MayTakeAway(actor, message.Time))
            {
                return refusal;
            }

            var entry = Number(new MessageRedacted(Decided.Name, 0, TimeOf(ask), actor, message.Number, reason) { SaidIn = message.SaidIn });
            ask.Take(this, entry, () => Audience.Show(entry, audience: null, ask.By.Find(this)), replacement);
        }

        return Verdict.Accepted;
    }

    private void Take(RoomAsk ask, RoomEvent entry)
    {
        // Whom it tells may be another in the next room that is asked, and this one may show it later.
        var tells = ask.Tells;
        ask.Take(this, entry, () => Audience.Show(entry, ask.Audience, tells?.Find(this)), isRegistered: IsRegistered && ChangesWhatIsKept(entry));
    }

    /// <summary>True if an event changes what is kept of a registered room.</summary>
    private static bool ChangesWhatIsKept(RoomEvent entry) => entry switch
    {
        TopicChanged or ValueChanged => true,
        ModesChanged modes => modes.Changes.Any(change => RoomModes.Of(change.Mode).Kind != RoomModeKind.Rank),
        _ => false,
    };

    private void ShowRenaming(RoomRenamed entry, Session by, RoomDirectory directory)
    {
        if (entry.NewName != entry.Room)
        {
            directory.Remove(entry.Room, this);
        }

        ShowRenaming(entry, by);
    }
}
