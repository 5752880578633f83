using Parley.Core.Broker.Rooms;
using Parley.Core.Queries;
using Parley.Core.Rooms;

namespace Parley.Core.Broker;

/// <summary>Answers who is to be told elsewhere of what is said here. It looks at everybody, so it is asked off the lane, and about few.</summary>
internal sealed class AttentionDesk(NameDirectory names, RoomDirectory rooms, Func<DateTimeOffset> now)
{
    public Attention Find(Viewer viewer, FindAttention what)
    {
        if (viewer != Viewer.Server)
        {
            return Attention.OutOfReach;
        }

        var room = !what.Room.IsEmpty && rooms.TryGet(what.Room, out var found) ? found : null;
        var (isHere, isMember) = (false, false);
        foreach (var user in names.All())
        {
            if (user.Profile.Login?.Id == what.Account.Id)
            {
                if (user.Profile.Away is null)
                {
                    return Attention.Attentive;
                }

                isHere = true;
                isMember |= room is not null && user.IsIn(room);
            }
        }

        return what.Room.IsEmpty || isMember || (!isHere && room is not null && MayReturn(room, what)) ? Attention.Away : Attention.OutOfReach;
    }

    /// <summary>True if the owner was in the room, in the life that it is in, and would be let in now with nothing but its name: a key may be another by now.</summary>
    private bool MayReturn(Room room, FindAttention what)
        => what.Last is { } last && last.Rooms.Contains(room.Life)
            && room.Ask(state => new RoomPolicy(state).RefusesEntry(last.As(what.Account), key: null, now())) is null;
}
