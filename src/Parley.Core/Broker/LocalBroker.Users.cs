using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;

namespace Parley.Core.Broker;

/// <content>Who comes, and under which name and profile.</content>
public sealed partial class LocalBroker
{
    private async ValueTask<Verdict> SignInAsync(Session session, UserName name, UserProfile profile, CancellationToken cancellationToken)
    {
        if (_history is not null)
        {
            // Only who knows how far history has come can tell what comes from here on.
            await _history.NumbersAsync(room: default, cancellationToken);
        }

        if (await _door.RefusalAsync(session, name, profile, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (_stopping)
        {
            return Verdict.Stopping;
        }

        Prepare(session);
        return _door.LookAgain(session, _arrivals.SignIn(session, name, profile));
    }

    private Verdict SignInAs(Session session, UserName name)
    {
        if (_stopping)
        {
            return Verdict.Stopping;
        }

        if (_names.Find(name) is not { } user)
        {
            return Verdict.NotHere;
        }

        lock (user.Gate)
        {
            if (user.IsGone)
            {
                return Verdict.NotHere;
            }

            Prepare(session);
            user.Add(session);
            session.User = user;
        }

        return Verdict.Accepted;
    }

    private async ValueTask<Verdict> RenameAsync(Session session, UserName newName, CancellationToken cancellationToken)
    {
        var refusal = await _door.RefusalAsync(session.User, newName, cancellationToken);
        Task<Verdict>? completion = null;
        var verdict = refusal ?? Refusal(session, out var user) ?? _departures.Rename(session, user, newName, out completion);
        return _door.LookAgain(session, await AfterAsync(verdict, completion, cancellationToken));
    }

    private async ValueTask<Verdict> UpdateProfileAsync(Session session, UserProfile profile, CancellationToken cancellationToken)
    {
        Task<Verdict>? completion = null;
        var verdict = Refusal(session, out var user)
            ?? (_door.Admits(session, user.Actor with { KnownProfile = profile }) ? _users.UpdateProfile(session, user, profile, out completion) : Verdict.BannedFromServer);
        return _door.LookAgain(session, await AfterAsync(verdict, completion, cancellationToken));
    }

    private void Prepare(Session session)
    {
        session.Queue = _lane?.Behind;
        session.Outbox.CatchUp = session.Outbox.Overflow == OverflowPolicy.TellAndCatchUp ? _history?.CatchUp : null;
    }
}
