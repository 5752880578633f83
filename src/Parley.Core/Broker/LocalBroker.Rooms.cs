using Parley.Core.Broker.History;
using Parley.Core.Broker.Sessions;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Rooms;

namespace Parley.Core.Broker;

/// <content>What takes more than the room to decide.</content>
public sealed partial class LocalBroker
{
    private ValueTask<Verdict> JoinAsync(Session session, Join what, CancellationToken cancellationToken)
        => _history is null
            ? new(Join(session, what, numbers: null, replay: null, out _))
            : JoinKeptAsync(_history, session, what, cancellationToken);

    private async ValueTask<Verdict> JoinKeptAsync(KeptHistory history, Session session, Join what, CancellationToken cancellationToken)
    {
        var numbers = await history.NumbersAsync(what.Room, cancellationToken);
        var replay = what.Replay > 0 && numbers is not null ? new Replay() : null;
        var verdict = await AfterAsync(Join(session, what, numbers, replay, out var completion), completion, cancellationToken);
        if (verdict == Verdict.Accepted && replay is { UpTo: > 0 })
        {
            await history.CatchUp.ReplayAsync(session, replay, what.Replay);
        }

        return verdict;
    }

    private Verdict Join(Session session, Join what, RoomNumbers? numbers, Replay? replay, out Task<Verdict>? completion)
    {
        var ask = Ask(session);
        var verdict = Refusal(session, out var user) ?? _memberships.Join(ask, user, what, numbers, replay);
        completion = ask.Completion;
        return verdict;
    }

    private async ValueTask<Decision> ChangeModesAsync(Session session, ChangeModes what, CancellationToken cancellationToken)
    {
        // Whoever has left meanwhile decides nothing any more.
        var (bound, strangers) = await _decisions.BindAsync(what.Changes, cancellationToken);
        if (Refusal(session, out var user) is { } refusal)
        {
            return new Decision(refusal);
        }

        var ask = Ask(session);
        var result = _decisions.ChangeModes(ask, what.Room, bound);
        if (ask.Completion is { } completion && await completion.WaitAsync(cancellationToken) is not Verdict.Accepted and var failure)
        {
            result = new ModesResult([], [.. what.Changes.Select(change => (change, failure))]);
        }

        if (strangers.Count > 0 && result is not null)
        {
            // Whether there is such an account is told to those alone who could have set the mask.
            var forbidden = _decisions.RefusesBans(what.Room, user.Actor);
            result = result with { Refused = [.. result.Refused, .. strangers.Select(stranger => (stranger.Change, forbidden ?? stranger.Why))] };
        }

        return new Decision(result is null ? Verdict.NoSuchRoom : Verdict.Accepted) { Modes = result };
    }

    private async ValueTask<Verdict> RenameRoomAsync(Session session, RenameRoom what, CancellationToken cancellationToken)
        => _renamings is null
            ? await DecideAsync(session, (ask, _) => _decisions.RenameRoom(ask, what.Room, what.NewName, what.Reason), cancellationToken)
            : Refusal(session, out _) ?? await _renamings.RenameAsync(() => Ask(session), what, cancellationToken);

    private async ValueTask<Verdict> BanAsync(Session session, BanFromRoom what, CancellationToken cancellationToken)
    {
        var person = await _decisions.FindAsync(what.Name, cancellationToken);
        return await DecideAsync(session, (ask, _) => _decisions.Ban(ask, what, person), cancellationToken);
    }
}
