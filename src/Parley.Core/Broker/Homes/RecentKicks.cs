using Parley.Core.Events;

namespace Parley.Core.Broker.Homes;

/// <summary>The last kicks in rooms that a node follows: those of a broken link are told again over the next.</summary>
internal sealed class RecentKicks
{
    private const int Max = 256;

    // Lock tier 4: taken last, nothing is taken inside.
    private readonly Lock _gate = new();
    private readonly Queue<(RoomLife Room, MemberKicked Kick)> _kicks = new();

    /// <summary>Takes down a kick, in place of the oldest one if there are many.</summary>
    public void Add(RoomLife room, MemberKicked kick)
    {
        lock (_gate)
        {
            if (_kicks.Count == Max)
            {
                _kicks.Dequeue();
            }

            _kicks.Enqueue((room, kick));
        }
    }

    /// <summary>The last kick of a user out of a room; null if none is known.</summary>
    public MemberKicked? Find(RoomLife room, long user)
    {
        lock (_gate)
        {
            return _kicks.LastOrDefault(its => its.Room == room && its.Kick.Member.UserId == user).Kick;
        }
    }
}
