using Parley.Core.Broker.Rooms;
using Parley.Core.Queries;
using Parley.Core.Rooms;

namespace Parley.Core.Broker;

/// <summary>Answers questions, each as far as the one who asks may know.</summary>
internal sealed class QueryDesk(
    SessionTable sessions, RoomDirectory directory, RoomDecisions rooms, RegistrationDecisions registrations, UserDecisions users, PastUsers pastUsers, UserCounter counter, HistoryDesk history, AttentionDesk attention, Func<DateTimeOffset> now)
{
    /// <inheritdoc cref="IBroker.LookAsync"/>
    public async ValueTask<T> LookAsync<T>(SessionId who, Query<T> what, CancellationToken cancellationToken)
        => (T)(await LookAsync(who, (Query)what, cancellationToken))!;

    /// <summary>Answers a question by an answer of the type that it asks for.</summary>
    public async ValueTask<object?> LookAsync(SessionId who, Query what, CancellationToken cancellationToken)
    {
        var session = sessions.Find(who);
        var user = session?.User;
        var viewer = who == SessionId.Server ? Viewer.Server : user is null ? Viewer.Anybody : Viewer.Of(user.Actor, now());
        return what switch
        {
            FindRoom its => rooms.Find(its.Room, its.Key, viewer),
            ListRooms its => rooms.List(its, viewer),
            ListInvitations its => rooms.Invitations(its, viewer),
            ListGuests its => user is null ? null : rooms.Guests(its.Room, user.Actor),
            FindRegistration its => registrations.Find(its.Room, viewer),
            ListRegistrations its => registrations.List(its, viewer),
            FindUser its => users.Find(its, viewer),
            FindPastUsers its => pastUsers.Find(its.Name),
            ListUsers its => users.List(its, user, viewer),
            CountUsers => counter.Count(directory.Count),
            FindAttention its => attention.Find(viewer, its),
            ReadRoom its => await history.ReadAsync(session, its, cancellationToken),
            FindFormerNames its => await history.FormerNamesAsync(viewer, session, its, cancellationToken),
            HasMessage its => await history.HasAsync(viewer, its, cancellationToken),
            SearchRoom its => await history.SearchAsync(session, its, cancellationToken),
            ReadConversation its => await history.ReadAsync(session, its, cancellationToken),
            ListConversations its => await history.ListAsync(session, its, cancellationToken),
            _ => throw new ArgumentException($"Nobody answers {what.GetType().Name}", nameof(what)),
        };
    }
}
