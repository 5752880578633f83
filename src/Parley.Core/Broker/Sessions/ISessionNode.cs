using Parley.Core.Delivery;
using Parley.Core.Rooms;

namespace Parley.Core.Broker.Sessions;

/// <summary>The node of a cluster at which sessions have their connections, when that is not where the broker decides.</summary>
/// <remarks>All of it goes to the node in the order of the calls. They come under gates: they MUST NOT block, throw, or call back into the core.</remarks>
internal interface ISessionNode
{
    /// <summary>Generation of the node.</summary>
    long Generation { get; }

    /// <summary>A session is shown something by itself.</summary>
    void Show(Session session, Shown what);

    /// <summary>A session has another user, or its user has changed.</summary>
    void UserIs(Session session);

    /// <summary>A session is in a room from here on: it is shown the room, and what happens there. Under the room's gate.</summary>
    /// <param name="place">The session's place.</param>
    /// <param name="what">The room, and the new member.</param>
    /// <param name="room">The whole room, with all that happened so far; null if the node follows it already.</param>
    void Seat(RoomPlace place, Welcome what, Func<RoomSnapshot>? room);

    /// <summary>A session follows a room no more. Under the room's gate.</summary>
    void Unseat(RoomPlace place);
}
