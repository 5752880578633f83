using Parley.Core.Broker.Rooms;
using Parley.Core.Queries;
using Parley.Core.Rooms;

namespace Parley.Core.Broker;

/// <summary>Answers who is to be told elsewhere of what is said here.</summary>
internal sealed class AttentionDesk(MemberDirectory members, RoomDirectory rooms, Func<DateTimeOffset> now)
{
    public Attention Find(Viewer viewer, FindAttention what)
    {
        if (viewer != Viewer.Server)
        {
            return Attention.OutOfReach;
        }

        var room = !what.Room.IsEmpty && rooms.TryGet(what.Room, out var found) ? found : null;
        var user = members.Find(what.Account.Id);
        if (user is { Profile.Away: null })
        {
            return Attention.Attentive;
        }

        var isMember = user is not null && room is not null && user.IsIn(room);
        return what.Room.IsEmpty || isMember || (user is null && room is not null && MayReturn(room, what)) ? Attention.Away : Attention.OutOfReach;
    }

    /// <summary>True if the owner was in the room, in the life that it is in, and would be let in now with nothing but its name: a key may be another by now.</summary>
    private bool MayReturn(Room room, FindAttention what)
        => what.Last is { } last && last.Rooms.Contains(room.Life)
            && room.Ask(state => new RoomPolicy(state).RefusesEntry(last.As(what.Account), key: null, now())) is null;
}
