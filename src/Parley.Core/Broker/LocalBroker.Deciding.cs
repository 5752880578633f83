using Parley.Core.Broker.Rooms;
using Parley.Core.Broker.Sessions;
using Parley.Core.Broker.Timeline;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;

namespace Parley.Core.Broker;

/// <content>Everything that a session can ask for, and who decides it.</content>
public sealed partial class LocalBroker
{
    private async ValueTask<Decision> AskAsync(Session session, Intention what, CancellationToken cancellationToken) => what switch
    {
        ChangeModes its => await ChangeModesAsync(session, its, cancellationToken),
        Join its => _decisions.Explain(session, its.Room, await JoinAsync(session, its, cancellationToken)),
        SendDirect its => await SendDirectAsync(session, its.Recipients, its.Draft, cancellationToken),
        Redact its => await RedactAsync(session, its, cancellationToken),
        SignIn its => new Decision(await SignInAsync(session, its, cancellationToken)),
        _ => new Decision(await DecideAsync(session, what, cancellationToken)),
    };

    private ValueTask<Verdict> DecideAsync(Session session, Intention what, CancellationToken cancellationToken) => what switch
    {
        DismissStandIns => new(Tell(session, UserDecisions.DismissStandIns)),
        FollowAll its => new(Tell(session, user => Memberships.FollowAll(user, session, its.IsOn))),
        Rename its => RenameAsync(session, its.NewName, cancellationToken),
        UpdateProfile its => UpdateProfileAsync(session, its, cancellationToken),
        SetValue its => DecideAsync(session, (ask, user) => _values.Set(ask, user, its.Key, its.Value), cancellationToken),
        Watch its => new(Accept(() => _watch.Add(session, its.Name))),
        Unwatch its => new(Accept(() => _watch.Remove(session, its.Name))),
        ShareReadMarker its => new(Tell(session, user => UserDecisions.ShareReadMarker(user, session, its.Target, its.Time))),
        SendWallops its => new(Tell(session, user => _users.SendWallops(user, its.Text))),
        FreeName its => session == _services ? _door.FreeAsync(its.Owner, its.Except, cancellationToken) : new(Verdict.NotOperator),
        EndSessions its => new(session == _services ? _users.EndSessions(its) : Verdict.NotOperator),
        Disconnect its => new(session.User is { } user && user.Profile.May(ServerRights.Kill) ? _users.Disconnect(its.User, its.Reason) : Verdict.NotOperator),

        Leave its => DecideAsync(session, (ask, user) => _memberships.Leave(ask, user, its.Room, its.Reason), cancellationToken),
        Kick its => DecideAsync(session, (ask, _) => _decisions.Kick(ask, its.Room, _names.Find(its.Member), its.Reason), cancellationToken),
        BanFromRoom its => BanAsync(session, its, cancellationToken),
        Invite its => DecideAsync(
            session, (ask, _) => _names.Find(its.Invited) is { } guest ? _decisions.Invite(ask, its.Room, guest) : Verdict.NotHere, cancellationToken),
        WithdrawInvitation its => DecideAsync(session, (ask, _) => _decisions.WithdrawInvitation(ask, its.Room, its.Invited, _names.Find(its.Invited)), cancellationToken),
        SetTopic its => DecideAsync(session, (ask, _) => _decisions.SetTopic(ask, its.Room, its.Topic), cancellationToken),
        RenameRoom its => RenameRoomAsync(session, its, cancellationToken),
        SetRoomValue its => DecideAsync(session, (ask, user) => _values.Set(ask, user, its.Room, its.Key, its.Value), cancellationToken),

        RegistrationIntention its => DecideAsync(session, (ask, _) => _registrations.Decide(ask, its), cancellationToken),

        RedactDirect its => Refusal(session, out var user) is { } refusal ? new(refusal)
            : _redactions is null ? new(Verdict.NoSuchMessage)
            : _redactions.RedactDirectAsync(session, user, its.Other, its.Number, its.Reason, cancellationToken),
        _ => throw new ArgumentException($"Nobody decides {what.GetType().Name}", nameof(what)),
    };

    /// <summary>Decides what the server itself wants; whoever is no session here any more can have nothing decided.</summary>
    private ValueTask<Decision> AskFromOutsideAsync(SessionId who, Intention what, CancellationToken cancellationToken) => what switch
    {
        Disconnect or EndSessions or FreeName or RegistrationIntention when who == SessionId.Server
            => AskAsync(_services, what, cancellationToken),
        SendDirect its => new(new Decision(Verdict.SignedOut) { Missing = its.Recipients }),
        _ => new(new Decision(Verdict.SignedOut)),
    };

    private static Verdict Accept(Action action)
    {
        action();
        return Verdict.Accepted;
    }

    private Verdict Tell(Session session, Action<User> tell)
    {
        if (Refusal(session, out var user) is { } refusal)
        {
            return refusal;
        }

        tell(user);
        return Verdict.Accepted;
    }

    /// <summary>Has something decided that the session asks, and shown.</summary>
    private ValueTask<Verdict> DecideAsync(Session session, Func<RoomAsk, User, Verdict> decide, CancellationToken cancellationToken)
    {
        if (Refusal(session, out var user) is { } refusal)
        {
            return new(refusal);
        }

        var ask = Ask(session);
        return AfterAsync(decide(ask, user), ask.Completion, cancellationToken);
    }

    /// <summary>The verdict, once what was decided is shown.</summary>
    private static ValueTask<Verdict> AfterAsync(Verdict verdict, Task<Verdict>? completion, CancellationToken cancellationToken)
        => verdict != Verdict.Accepted || completion is null ? new(verdict) : new(completion.WaitAsync(cancellationToken));

    /// <summary>
    /// Why the session can say nothing in the room; null if it can, as far as can be told without asking the room, and
    /// then whose session it is, its place there if it has one, and the room.
    /// </summary>
    private Verdict? Refusal(Session session, RoomName room, out User user, out RoomPlace? place, out Room found)
    {
        place = session.Find(room);
        found = place is null ? null! : Room.Of(place);
        return Refusal(session, out user)
            ?? (place is null && !_rooms.TryGet(room, out found) ? Verdict.NoSuchRoom : null);
    }

    /// <summary>Why nothing can be decided for the session; null if it can, and then whose it is.</summary>
    private Verdict? Refusal(Session session, out User user)
    {
        user = session.User!;
        return _stopping ? Verdict.Stopping : user is null || session.IsSignedOut ? Verdict.SignedOut : null;
    }

    /// <summary>Something that the session asks, now.</summary>
    private RoomAsk Ask(Session session) => new(session, session.User?.HasInFlight ?? false) { Now = Now() };
}
