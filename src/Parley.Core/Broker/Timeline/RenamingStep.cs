using Parley.Core.Broker.Keeping;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;

namespace Parley.Core.Broker.Timeline;

/// <summary>A room that takes another name, and its history with it, on its way: it is kept, or the room keeps its name.</summary>
/// <remarks>
/// What comes behind it in the same batch is filed under the new name already. A room has at most one of these on its way.
/// </remarks>
internal sealed class RenamingStep : LaneStep
{
    private readonly RoomTimeline _room;

    public RenamingStep(Session by, RoomTimeline room, RoomRenamed entry)
        : base(by)
    {
        (_room, Entry) = (room, entry);
        NeedsStore = true;
    }

    public RoomRenamed Entry { get; }

    /// <summary>The names that the room has had once it is applied.</summary>
    public required IReadOnlyList<FormerName> FormerNames { get; init; }

    /// <summary>True if the room is registered: then the registry has the new name first, and the old one again if history does not take it.</summary>
    public bool IsRegistered { get; init; }

    public override bool IsKeptAhead => IsRegistered;

    /// <summary>Shows it, under the room's gate.</summary>
    public required Action Show { get; init; }

    /// <summary>Takes back what was prepared for it, under the room's gate.</summary>
    public required Action TakeBack { get; init; }

    public override bool TryKeepAhead()
    {
        if (_room.TryRegister(Entry))
        {
            return true;
        }

        _room.Drop(this);
        Outcome = Verdict.RegistryFails;
        return false;
    }

    public override void AddEntries(List<HistoryEntry> entries)
    {
        entries.Add(EventEntry.Of(Entry));
        _room.FiledAs = Entry.NewName;
    }

    public override void Unfile() => _room.FiledAs = Entry.Room;

    public override void Apply(Publication publication)
    {
        _room.Apply(this);
        publication.Add(_room, wait: null);
    }

    public override void Refuse(Publication publication)
    {
        if (IsRegistered)
        {
            _room.TryRegister(entry: null);
        }

        _room.Drop(this);
        Outcome = Verdict.HistoryFails;
    }
}
