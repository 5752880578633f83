using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Rooms;

/// <summary>Who is in a room: the fold of its events in order of sequence. Guarded by the room's gate.</summary>
internal sealed class RoomState
{
    private readonly Dictionary<long, UserName> _members = [];

    /// <summary>The number of the last event.</summary>
    public long Sequence { get; private set; }

    public int Count => _members.Count;

    public IReadOnlyCollection<UserName> Names => _members.Values;

    public bool TryGetName(long userId, out UserName name) => _members.TryGetValue(userId, out name);

    /// <summary>Takes in the next event.</summary>
    public void Fold(RoomEvent entry)
    {
        Sequence = entry.Sequence;
        switch (entry)
        {
            case UserJoined:
                _members.Add(entry.Actor.UserId, entry.Actor.Name);
                break;
            case UserLeft or UserQuit:
                _members.Remove(entry.Actor.UserId);
                break;
            case UserRenamed renamed:
                _members[entry.Actor.UserId] = renamed.NewName;
                break;
        }
    }
}
