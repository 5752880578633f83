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
    /// <param name="session">The user's first session.</param>
    /// <param name="name">The name.</param>
    /// <param name="profile">What others may know of it beside that; nothing unless given.</param>
    /// <param name="cancellationToken">Gives up waiting; what was decided stays decided.</param>
    ValueTask<Verdict> SignInAsync(Session session, UserName name, UserProfile? profile = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds a session to a user who is here. <see cref="Verdict.NotHere"/> if nobody is here by that name. The broker does
    /// not ask who is calling: whether the session may is for the caller to have checked.
    /// </summary>
    ValueTask<Verdict> AttachAsync(Session session, UserName name, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends a session; with a user's last one the user quits every room and its name is free again. Does nothing the second
    /// time. MUST be called when the connection's write side has ended, not before.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="reason">What the user says, or what became of it.</param>
    ValueTask SignOutAsync(Session session, string reason = "");

    /// <summary>Gives the session's user another name, everywhere. The old one is free afterwards.</summary>
    ValueTask<Verdict> RenameAsync(Session session, UserName newName, CancellationToken cancellationToken = default);

    /// <summary>Gives the session's user another profile, everywhere.</summary>
    ValueTask<Verdict> UpdateProfileAsync(Session session, UserProfile profile, CancellationToken cancellationToken = default);

    /// <summary>Has the session follow a room, which is made if there is none; its welcome comes ahead of anything said there.</summary>
    /// <param name="session">The session.</param>
    /// <param name="room">The room.</param>
    /// <param name="replay">How many of the room's last messages it is shown behind the welcome, where history is kept.</param>
    /// <param name="key">What the user knows of the room, if it needs to know something to come in.</param>
    /// <param name="cancellationToken">Gives up waiting; what was decided stays decided.</param>
    ValueTask<Verdict> JoinAsync(
        Session session, RoomName room, int replay = 0, string? key = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Has the session follow a room in place of another, which it leaves ahead of its welcome, and does not leave if it may
    /// not come in.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="leaving">The room it leaves; if it does not follow that, it only joins.</param>
    /// <param name="room">The room.</param>
    /// <param name="replay">How many of the room's last messages it is shown behind the welcome, where history is kept.</param>
    /// <param name="key">What the user knows of the room, if it needs to know something to come in.</param>
    /// <param name="cancellationToken">Gives up waiting; what was decided stays decided.</param>
    ValueTask<Verdict> MoveAsync(
        Session session, RoomName leaving, RoomName room, int replay = 0, string? key = null, CancellationToken cancellationToken = default);

    /// <summary>Has the session follow a room no more; a room without members is gone.</summary>
    /// <param name="session">The session.</param>
    /// <param name="room">The room.</param>
    /// <param name="reason">What the user says.</param>
    /// <param name="cancellationToken">Gives up waiting; what was decided stays decided.</param>
    ValueTask<Verdict> LeaveAsync(Session session, RoomName room, string reason = "", CancellationToken cancellationToken = default);

    /// <summary>
    /// Says something in a room. Completes when the room can take more: a sender that is faster than its room waits here.
    /// </summary>
    /// <param name="session">The author's session.</param>
    /// <param name="room">A room that it follows, or one that lets others speak.</param>
    /// <param name="draft">What it says. The broker keeps it.</param>
    /// <param name="cancellationToken">Gives up waiting; what was accepted stays accepted.</param>
    ValueTask<Verdict> PostAsync(Session session, RoomName room, MessageDraft draft, CancellationToken cancellationToken = default);

    /// <summary>Says something in a room, without more to it than its text.</summary>
    /// <inheritdoc cref="PostAsync(Session, RoomName, MessageDraft, CancellationToken)"/>
    sealed ValueTask<Verdict> PostAsync(
        Session session,
        RoomName room,
        MessageKind kind,
        ReadOnlyMemory<byte> text,
        bool echo = true,
        CancellationToken cancellationToken = default)
        => PostAsync(session, room, new MessageDraft(kind, text) { Echo = echo }, cancellationToken);

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
        MessageDraft draft,
        CancellationToken cancellationToken = default);

    /// <summary>Sends a text to users.</summary>
    /// <inheritdoc cref="SendDirectAsync(Session, IReadOnlyList{UserName}, MessageDraft, CancellationToken)"/>
    sealed ValueTask<IReadOnlyList<UserName>> SendDirectAsync(
        Session session,
        IReadOnlyList<UserName> recipients,
        ReadOnlyMemory<byte> text,
        CancellationToken cancellationToken = default)
        => SendDirectAsync(session, recipients, new MessageDraft(MessageKind.Text, text), cancellationToken);

    /// <summary>Says what a room is about; with an empty text, that it is about nothing any more.</summary>
    ValueTask<Verdict> SetTopicAsync(Session session, RoomName room, string topic, CancellationToken cancellationToken = default);

    /// <summary>Changes how a room works and what its members may, as far as the user may change it.</summary>
    /// <returns>What has changed and what was refused; null if there is no such room.</returns>
    ValueTask<ModesResult?> ChangeModesAsync(
        Session session, RoomName room, IReadOnlyList<RoomModeChange> changes, CancellationToken cancellationToken = default);

    /// <summary>Puts a member out of a room.</summary>
    ValueTask<Verdict> KickAsync(
        Session session, RoomName room, UserName member, string reason = "", CancellationToken cancellationToken = default);

    /// <summary>Asks a user into a room: it is told, and if an operator of the room asks, it may come in whatever the modes are.</summary>
    ValueTask<Verdict> InviteAsync(Session session, RoomName room, UserName invited, CancellationToken cancellationToken = default);

    /// <summary>Gives a room another name; its members, its modes and its topic stay.</summary>
    ValueTask<Verdict> RenameRoomAsync(
        Session session, RoomName room, RoomName newName, string reason = "", CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes a message in a room away: its text is kept no more, and those who were shown it are told. Its author may, within
    /// a time, and operators of the room and of the server.
    /// </summary>
    /// <param name="session">Whose wish it is.</param>
    /// <param name="room">The room.</param>
    /// <param name="number">The message's number in the room's history.</param>
    /// <param name="reason">One line of text; may be empty.</param>
    /// <param name="cancellationToken">Gives up waiting; what was decided stays decided.</param>
    ValueTask<Verdict> RedactAsync(
        Session session, RoomName room, long number, string reason = "", CancellationToken cancellationToken = default);

    /// <summary>Takes a direct message away. Its author may, within a time.</summary>
    /// <param name="session">Whose wish it is.</param>
    /// <param name="other">To whom it was.</param>
    /// <param name="number">The message's number among the direct ones in history.</param>
    /// <param name="reason">One line of text; may be empty.</param>
    /// <param name="cancellationToken">Gives up waiting; what was decided stays decided.</param>
    ValueTask<Verdict> RedactDirectAsync(
        Session session, UserName other, long number, string reason = "", CancellationToken cancellationToken = default);

    /// <summary>
    /// How far history may be read so that nothing in it is shown again: what has a higher number the sessions are still to
    /// be given, behind whatever they are answered now. 0 where nothing is kept.
    /// </summary>
    /// <param name="room">The room; empty for direct messages.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<long> LastNumberAsync(RoomName room, CancellationToken cancellationToken = default);

    /// <summary>Tells the other sessions of the user, and those of others who have proven the same account, how far it has read.</summary>
    /// <param name="session">The session that said so.</param>
    /// <param name="target">Where, as the session's protocol names it.</param>
    /// <param name="time">The time of the last message that was read, UTC.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask ShareReadMarkerAsync(Session session, string target, DateTimeOffset time, CancellationToken cancellationToken = default);

    /// <summary>Ends all sessions of a user. Whether the one who asks may is for the caller to have checked.</summary>
    ValueTask<Verdict> DisconnectAsync(UserName user, string reason, CancellationToken cancellationToken = default);

    /// <summary>Has the session told when somebody comes or goes under a name.</summary>
    ValueTask WatchAsync(Session session, UserName name, CancellationToken cancellationToken = default);

    /// <summary>Has the session told no more who comes or goes under a name.</summary>
    ValueTask UnwatchAsync(Session session, UserName name, CancellationToken cancellationToken = default);

    /// <summary>Tells all sessions that want to hear it something about the server.</summary>
    ValueTask SendWallopsAsync(Session session, ReadOnlyMemory<byte> text, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sets a value on the session's own user, for whoever shares a room with it or watches it to see; null takes it away.
    /// </summary>
    ValueTask<Verdict> SetValueAsync(Session session, string key, string? value, CancellationToken cancellationToken = default);

    /// <summary>Sets a value on a room, for those in it to see, if the user may; null takes it away.</summary>
    ValueTask<Verdict> SetRoomValueAsync(
        Session session, RoomName room, string key, string? value, CancellationToken cancellationToken = default);

    /// <summary>The rooms that a session's user may know of, in no particular order: secret ones only if it is in them.</summary>
    /// <param name="viewer">The session; null for anybody's.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<IReadOnlyList<RoomSummary>> ListRoomsAsync(Session? viewer, CancellationToken cancellationToken = default);

    /// <summary>The rooms that anybody may know of, in no particular order.</summary>
    sealed ValueTask<IReadOnlyList<RoomSummary>> ListRoomsAsync(CancellationToken cancellationToken = default)
        => ListRoomsAsync(viewer: null, cancellationToken);

    /// <summary>The rooms whose operators have asked the session's user in, for as long as it has not come, in no particular order.</summary>
    ValueTask<IReadOnlyList<RoomName>> ListInvitationsAsync(Session session, CancellationToken cancellationToken = default);

    /// <summary>The members of a room, in no particular order; none if there is no such room.</summary>
    ValueTask<IReadOnlyList<UserName>> ListMembersAsync(RoomName room, CancellationToken cancellationToken = default);

    /// <summary>How a room is now; null if there is none of that name.</summary>
    ValueTask<IRoomView?> FindRoomAsync(RoomName room, CancellationToken cancellationToken = default);

    /// <summary>How a user is now; null if nobody of that name is here.</summary>
    ValueTask<UserView?> FindUserAsync(UserName name, CancellationToken cancellationToken = default);

    /// <summary>Those who wore a name and do so no more, as far as they are remembered; the last one first.</summary>
    ValueTask<IReadOnlyList<PastUser>> FindPastUsersAsync(UserName name, CancellationToken cancellationToken = default);

    /// <summary>How many are here.</summary>
    ValueTask<UserCounts> CountUsersAsync(CancellationToken cancellationToken = default);

    /// <summary>Everybody who is here, in no particular order.</summary>
    ValueTask<IReadOnlyList<Actor>> ListUsersAsync(CancellationToken cancellationToken = default);

    /// <summary>Decides nothing from here on, and has everything that was decided in its members' outboxes when it completes.</summary>
    ValueTask StopAsync();
}
