using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Sessions;

namespace Parley.Core.Rooms;

// What becomes of the room itself: its name, its modes, its topic.
internal sealed partial class Room
{
    /// <summary>Has something happen here that nobody has to allow, and has it flushed.</summary>
    /// <param name="happen">What happens: its number, the room's name.</param>
    /// <param name="by">Whose session makes it happen, if it is to be told here; null if nobody's.</param>
    /// <param name="audience">With an event about a user: who has seen it already.</param>
    public void Happen(Func<RoomState, RoomEvent> happen, Session? by = null, OncePerSession? audience = null)
    {
        lock (Gate)
        {
            Apply(happen(_state), audience, by);
        }

        MarkDirty();
    }

    /// <summary>Has something happen here, if the rules let it, and has it flushed.</summary>
    /// <param name="refuse">Why it may not happen; null if it may.</param>
    /// <param name="happen">What happens: its number, the room's name.</param>
    /// <param name="by">Whose session wants it; null if nobody's in particular.</param>
    /// <param name="audience">With an event about a user: who has seen it already.</param>
    public Verdict Decide(
        Func<RoomRules, RoomState, Verdict?> refuse, Func<RoomState, RoomEvent> happen, Session? by = null, OncePerSession? audience = null)
    {
        lock (Gate)
        {
            if (Unfit() is { } unfit)
            {
                return unfit;
            }

            if (refuse(Rules, _state) is { } refusal)
            {
                return refusal;
            }

            Apply(happen(_state), audience, by);
        }

        MarkDirty();
        return Verdict.Accepted;
    }

    /// <summary>Changes the modes that the user may change. Null: the room has closed.</summary>
    public ModesResult? ChangeModes(Session by, IReadOnlyList<RoomModeChange> wanted, DateTimeOffset time)
    {
        List<RoomModeChange> applied = [];
        List<(RoomModeChange, Verdict)> refused = [];
        lock (Gate)
        {
            if (Unfit() is not null)
            {
                return null;
            }

            var actor = ActorOf(by);
            foreach (var change in wanted)
            {
                if (Rules.RefusesMode(actor, change) is { } refusal)
                {
                    refused.Add((change, refusal));
                }
                else if (Rules.Effect(change) is { } effect)
                {
                    // One at a time, as the next may depend on it; shown as one.
                    _state.Fold(new ModesChanged(Name, _state.Sequence, time, actor, [effect]));
                    applied.Add(effect);
                }
            }

            if (applied.Count > 0)
            {
                // Only counts now: what it says was folded in above.
                var entry = new ModesChanged(Name, _state.Sequence + 1, time, actor, []);
                _state.Fold(entry);
                entry = entry with { Changes = applied };
                Journal?.Add(this, entry);
                _members.Show(entry, audience: null, by.Find(this));
            }
        }

        MarkDirty();
        return new ModesResult(applied, refused);
    }

    /// <summary>Goes by another name from here on, under which it is found at once.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="newName">The name.</param>
    /// <param name="reason">Why.</param>
    /// <param name="time">Now.</param>
    /// <param name="numbers">Who numbers messages under that name; null while none are kept.</param>
    /// <param name="directory">Where it is found.</param>
    public Verdict GoBy(Session by, RoomName newName, string reason, DateTimeOffset time, RoomNumbers? numbers, RoomDirectory directory)
    {
        lock (Gate)
        {
            var actor = ActorOf(by);
            if (Unfit() is { } unfit)
            {
                return unfit;
            }

            if (Rules.RefusesRenaming(actor) is { } refusal)
            {
                return refusal;
            }

            var oldName = Name;
            if (string.Equals(oldName.Value, newName.Value, StringComparison.Ordinal)
                || (newName != oldName && !directory.TryAdd(newName, this)))
            {
                return Verdict.RoomExists;
            }

            var entry = new RoomRenamed(oldName, _state.Sequence + 1, time, actor, newName, reason);
            _state.Fold(entry);
            if (newName != oldName)
            {
                directory.Remove(oldName, this);

                // Numbers never go back in what a member is shown, so those of the new name go on above these.
                numbers?.NotBelow(Logs.LastNumber);
                _numbers = numbers;
                Logs.LastNumber = _namedAfter = numbers?.Last ?? Logs.LastNumber;
            }

            _members.ShowRenaming(entry, by);
        }

        MarkDirty();
        return Verdict.Accepted;
    }
}
