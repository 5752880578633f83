using Parley.Core.Broker.Keeping;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;

namespace Parley.Core.Broker.Timeline;

/// <summary>Something else than a message that happens in a room, on its way.</summary>
/// <param name="by">The session whose intention it is; null for nobody's.</param>
/// <param name="room">The room.</param>
/// <param name="entry">The event, which is folded into the room's state; null if only somebody's place in the room changes.</param>
/// <param name="show">Shows it, under the room's gate, when it was folded in.</param>
internal sealed class RoomStep(Session? by, RoomTimeline room, RoomEvent? entry, Action show) : LaneStep(by)
{
    /// <summary>The event; null if only somebody's place in the room changes.</summary>
    public RoomEvent? Entry => entry;

    /// <summary>The user whose places change with it: its gate is held while the step is applied.</summary>
    public User? Owner { get; init; }

    /// <summary>Comes ahead of it, with no room's gate held.</summary>
    public Action? Before { get; init; }

    /// <summary>Entry that history keeps in place of a message; the step is refused if history cannot replace it.</summary>
    public HistoryEntry? Replacement { get; init; }

    /// <summary>True if the room's registration has to be kept with it in the registry.</summary>
    public bool IsRegistered { get; init; }

    /// <summary>Undoes what was done when it was decided; runs if it is refused, under the room's gate.</summary>
    public Action? Undo { get; init; }

    public override bool IsKeptAhead => IsRegistered;

    public override bool TryKeepAhead()
    {
        if (!IsRefused && room.TryRegister(entry))
        {
            return true;
        }

        Fail();
        return false;
    }

    /// <summary>The registry has not taken it: it does not happen, and neither does what was decided on it.</summary>
    public void Fail()
    {
        IsRefused = true;
        room.Drop(this);
        Outcome = Verdict.RegistryFails;
    }

    public override void AddEntries(List<HistoryEntry> entries)
    {
        if (Replacement is { } replacement)
        {
            entries.Add(replacement with { Room = room.FiledAs });
        }
        else if (entry is { IsKept: true })
        {
            entries.Add(EventEntry.Of(entry) with { Room = room.FiledAs });
        }
    }

    public override void Apply(Publication publication)
    {
        if (Owner is { } owner)
        {
            lock (owner.Gate)
            {
                Before?.Invoke();
                room.Apply(this);
            }
        }
        else
        {
            Before?.Invoke();
            room.Apply(this);
        }

        publication.Add(room, wait: null);
    }

    public override void Refuse(Publication publication)
    {
        if (Replacement is null)
        {
            Apply(publication);
            return;
        }

        room.Drop(this);
        Outcome = Verdict.HistoryFails;
    }

    /// <summary>Shows it. The room's gate MUST be held.</summary>
    public void Show() => show();
}
