using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Core.Sessions;

namespace Parley.Core.Broker;

/// <summary>
/// Who decides the order of things. Sessions hand in intentions; what the broker accepts becomes an event with the room's
/// next sequence number, and is shown to everybody concerned in that order.
/// </summary>
/// <remarks>
/// The seam between one machine and many. Callers MUST NOT assume that a decision was made here and now: they await it.
/// The methods of one session MUST be called one at a time; those of different sessions may be called at once. Every
/// implementation passes <c>BrokerSpecification</c>.
/// </remarks>
public interface IBroker
{
    /// <summary>Brings a new user in under a free name. <see cref="Verdict.NameTaken"/> if it is not free.</summary>
    ValueTask<Verdict> SignInAsync(Session session, UserName name, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds a session to a user who is here. <see cref="Verdict.NotHere"/> if nobody is here by that name. The broker does
    /// not ask who is calling: whether the session may is for the caller to have checked.
    /// </summary>
    ValueTask<Verdict> AttachAsync(Session session, UserName name, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends a session; with a user's last one the user quits every room and its name is free again. Does nothing the second
    /// time. MUST be called when the connection's write side has ended, not before.
    /// </summary>
    ValueTask SignOutAsync(Session session);

    /// <summary>Gives the session's user another name, everywhere. The old one is free afterwards.</summary>
    ValueTask<Verdict> RenameAsync(Session session, UserName newName, CancellationToken cancellationToken = default);

    /// <summary>Has the session follow a room, which is made if there is none; its welcome comes ahead of anything said there.</summary>
    /// <param name="session">The session.</param>
    /// <param name="room">The room.</param>
    /// <param name="replay">How many of the room's last messages it is shown behind the welcome, where history is kept.</param>
    /// <param name="cancellationToken">Gives up waiting; what was decided stays decided.</param>
    ValueTask<Verdict> JoinAsync(Session session, RoomName room, int replay = 0, CancellationToken cancellationToken = default);

    /// <summary>Has the session follow a room no more; a room without members is gone.</summary>
    ValueTask<Verdict> LeaveAsync(Session session, RoomName room, CancellationToken cancellationToken = default);

    /// <summary>
    /// Says something in a room. Completes when the room can take more: a sender that is faster than its room waits here.
    /// </summary>
    /// <param name="session">The author's session.</param>
    /// <param name="room">A room that it follows.</param>
    /// <param name="kind">Said or done.</param>
    /// <param name="text">Valid UTF-8 without line breaks. The broker keeps it; MUST NOT be changed afterwards.</param>
    /// <param name="echo">Whether the author's session is shown its own message, in its place among the others.</param>
    /// <param name="cancellationToken">Gives up waiting; what was accepted stays accepted.</param>
    ValueTask<Verdict> PostAsync(
        Session session,
        RoomName room,
        MessageKind kind,
        ReadOnlyMemory<byte> text,
        bool echo = true,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Completes when what the session has posted can be seen by those it is for, itself included: an answer to it comes
    /// behind that.
    /// </summary>
    ValueTask SettleAsync(Session session);

    /// <summary>
    /// Sends a message to users, each once however often it is named. All direct messages have one order: two recipients
    /// of the same two messages get them the same way round.
    /// </summary>
    /// <returns>Those who are not here, and did not get it.</returns>
    ValueTask<IReadOnlyList<UserName>> SendDirectAsync(
        Session session,
        IReadOnlyList<UserName> recipients,
        ReadOnlyMemory<byte> text,
        CancellationToken cancellationToken = default);

    /// <summary>All rooms, in no particular order.</summary>
    ValueTask<IReadOnlyList<RoomSummary>> ListRoomsAsync(CancellationToken cancellationToken = default);

    /// <summary>The members of a room, in no particular order; none if there is no such room.</summary>
    ValueTask<IReadOnlyList<UserName>> ListMembersAsync(RoomName room, CancellationToken cancellationToken = default);

    /// <summary>Decides nothing from here on, and has everything that was decided in its members' outboxes when it completes.</summary>
    ValueTask StopAsync();
}
