using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;

namespace Parley.Core.Broker;

/// <content>Who comes, and under which name and profile.</content>
public sealed partial class LocalBroker
{
    private async ValueTask<Verdict> SignInAsync(Session session, SignIn what, CancellationToken cancellationToken)
    {
        if (_history is not null)
        {
            // Only who knows how far history has come can tell what comes from here on.
            await _history.NumbersAsync(room: default, cancellationToken);
        }

        Take(session);
        session.IsStandIn = what.IsStandIn;
        return await _entrance.SignInAsync(session, what.Name, what.Profile ?? UserProfile.Unknown, cancellationToken);
    }

    private async ValueTask<Verdict> RenameAsync(Session session, UserName newName, CancellationToken cancellationToken)
    {
        var freed = _door.Freed;
        var refusal = await _door.RefusalAsync(session.User, newName, cancellationToken);
        Task<Verdict>? completion = null;
        Verdict verdict;
        do
        {
            verdict = refusal ?? Refusal(session, out var user) ?? _departures.Rename(session, user, newName, out completion);
        }
        while (verdict is Verdict.NameTaken or Verdict.NameLooksTaken && await _names.IsLeftAsync(newName, cancellationToken));

        verdict = await AfterAsync(verdict, completion, cancellationToken);
        return _door.LookAgain(session, await _door.LookAgainAsync(session, verdict, freed, cancellationToken));
    }

    private ValueTask<Verdict> UpdateProfileAsync(Session session, UpdateProfile what, CancellationToken cancellationToken)
        => Refusal(session, out var user) is { } refusal ? new(refusal) : _entrance.UpdateProfileAsync(session, user, what, cancellationToken);
}
