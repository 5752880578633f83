using System.Text;
using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Core.Sessions;

namespace Parley.Server.Tests.Support;

/// <summary>A broker that fails whoever says <c>fail</c>, or asks for the users of room <c>faulty</c>.</summary>
internal sealed class FaultyBroker(IBroker broker) : IBroker
{
    public ValueTask<Verdict> PostAsync(
        Session session, RoomName room, MessageKind kind, ReadOnlyMemory<byte> text, bool echo = true, CancellationToken cancellationToken = default)
        => Encoding.UTF8.GetString(text.Span) == "fail"
            ? throw new InvalidOperationException("The broker failed, as a test wants it")
            : broker.PostAsync(session, room, kind, text, echo, cancellationToken);

    public ValueTask<Verdict> SignInAsync(Session session, UserName name, CancellationToken cancellationToken = default)
        => broker.SignInAsync(session, name, cancellationToken);

    public ValueTask<Verdict> AttachAsync(Session session, UserName name, CancellationToken cancellationToken = default)
        => broker.AttachAsync(session, name, cancellationToken);

    public ValueTask SignOutAsync(Session session) => broker.SignOutAsync(session);

    public ValueTask<Verdict> RenameAsync(Session session, UserName newName, CancellationToken cancellationToken = default)
        => broker.RenameAsync(session, newName, cancellationToken);

    public ValueTask<Verdict> JoinAsync(Session session, RoomName room, int replay = 0, CancellationToken cancellationToken = default)
        => broker.JoinAsync(session, room, replay, cancellationToken);

    public ValueTask SettleAsync(Session session) => broker.SettleAsync(session);

    public ValueTask<Verdict> LeaveAsync(Session session, RoomName room, CancellationToken cancellationToken = default)
        => broker.LeaveAsync(session, room, cancellationToken);

    public ValueTask<IReadOnlyList<UserName>> SendDirectAsync(
        Session session, IReadOnlyList<UserName> recipients, ReadOnlyMemory<byte> text, CancellationToken cancellationToken = default)
        => broker.SendDirectAsync(session, recipients, text, cancellationToken);

    public ValueTask<IReadOnlyList<RoomSummary>> ListRoomsAsync(CancellationToken cancellationToken = default)
        => broker.ListRoomsAsync(cancellationToken);

    public ValueTask<IReadOnlyList<UserName>> ListMembersAsync(RoomName room, CancellationToken cancellationToken = default)
        => broker.ListMembersAsync(room, cancellationToken);

    public ValueTask StopAsync() => broker.StopAsync();
}
