using Parley.Core.Broker.Rooms;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.Queries;
using Parley.Core.Rooms;

namespace Parley.Core.Broker.Homes;

/// <summary>Knowledge that a home has of a node's sessions when the node comes again over another link: the node may have missed some of it, and does not decide it.</summary>
/// <param name="kicks">The kicks that the node may have missed.</param>
internal sealed class FormerLink(RecentKicks kicks)
{
    private readonly List<(SessionId, string, string?)> _closed = [];
    private readonly HashSet<(SessionId, RoomLife)> _places = [];
    private readonly Dictionary<(RoomLife, long), MemberRank> _ranks = [];
    private readonly Dictionary<long, UserSnapshot> _users = [];
    private readonly Dictionary<RoomLife, RoomSnapshot> _rooms = [];

    /// <summary>The sessions that were told to end, each with why, as its user is told and as others are.</summary>
    public IReadOnlyList<(SessionId Id, string Reason, string? QuitReason)> Closed => _closed;

    /// <summary>A user; null of one that no session here had.</summary>
    public UserSnapshot? UserOf(long id) => _users.GetValueOrDefault(id);

    /// <summary>A room; null of one that no session here followed.</summary>
    public RoomSnapshot? RoomOf(RoomLife life) => _rooms.GetValueOrDefault(life);

    /// <summary>True if a session follows a room.</summary>
    public bool HasPlace(SessionId session, RoomLife room) => _places.Contains((session, room));

    /// <summary>Rank of a user in a room; null if no session of it here follows the room.</summary>
    public MemberRank? RankOf(RoomLife room, long user) => _ranks.TryGetValue((room, user), out var rank) ? rank : null;

    /// <summary>Kick by which a user was put out of a room; null if none is known.</summary>
    public MemberKicked? KickOf(RoomLife room, long user) => kicks.Find(room, user);

    /// <summary>Takes down whose the sessions are and the rooms that they follow, while all of them are in.</summary>
    public void Begin(IEnumerable<Session> sessions)
    {
        foreach (var session in sessions)
        {
            if (session.User is { } user)
            {
                _users.TryAdd(user.Id, user.ToSnapshot());
            }

            foreach (var place in session.Followed.Where(place => !_rooms.ContainsKey(place.Room.Life)))
            {
                _rooms[place.Room.Life] = Room.Of(place).HandOver().Room;
            }
        }
    }

    /// <summary>Takes down where a session is that is about to sign out. Its user's gate MUST be held: until then it may be put out.</summary>
    public void Leaves(SessionId id, Session session)
    {
        foreach (var place in session.Followed)
        {
            _places.Add((id, place.Room.Life));
            _ranks[(place.Room.Life, session.User!.Id)] = Room.Of(place).RankOf(session.User.Id);
        }
    }

    /// <summary>A session has signed out. If it was told to end before, its node may not have heard that.</summary>
    public void HasLeft(SessionId id, Session session)
    {
        if (session.CloseReason is { } reason)
        {
            _closed.Add((id, reason, session.QuitReason));
        }
    }
}
