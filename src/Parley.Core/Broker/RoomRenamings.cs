using Parley.Core.Broker.History;
using Parley.Core.Broker.Keeping;
using Parley.Core.Broker.Rooms;
using Parley.Core.Broker.Timeline;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Rooms;

namespace Parley.Core.Broker;

/// <summary>Renames rooms where history is kept, which goes with them: it has the new name before anybody is told.</summary>
/// <remarks>
/// No history is ever covered by another that can be read, nor joined to it. So a name is looked at when everything is kept that was
/// said under it, and the room takes it only if nothing was said since. What is kept there and can be read by nobody any more is set aside.
/// </remarks>
internal sealed class RoomRenamings(RoomDirectory rooms, KeptHistory history, Lane lane)
{
    /// <summary>Renames a room, if its operator asks for it and history takes it.</summary>
    /// <param name="ask">What is asked, by whom, now.</param>
    /// <param name="what">Which room, and the name.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<Verdict> RenameAsync(Func<RoomAsk> ask, RenameRoom what, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                if (!rooms.TryGet(what.Room, out var room))
                {
                    return Verdict.NoSuchRoom;
                }

                if (room.Naming.Pending is { IsCompleted: false } pending)
                {
                    await pending.WaitAsync(cancellationToken);
                }
                else if (await TryRenameAsync(room, ask, what, cancellationToken) is { } verdict)
                {
                    return verdict;
                }
            }
        }
        catch (HistoryException)
        {
            return Verdict.HistoryFails;
        }
    }

    /// <summary>Null: something came in between.</summary>
    private async ValueTask<Verdict?> TryRenameAsync(Room room, Func<RoomAsk> ask, RenameRoom what, CancellationToken cancellationToken)
    {
        var (asked, name) = (ask(), what.NewName);
        if ((rooms.Refusal(name) ?? room.RefusesRenaming(asked, name, rooms)) is { } refusal)
        {
            return refusal;
        }

        if (name == what.Room)
        {
            return await ShownAsync(room.Rename(asked, name, what.Reason, rooms), asked, cancellationToken);
        }

        if (await history.NumbersAsync(name, cancellationToken) is not { } numbers)
        {
            return Verdict.HistoryFails;
        }

        var last = numbers.Last;
        if (await KeptSoFarAsync(cancellationToken) is not Verdict.Accepted and var failure)
        {
            return failure;
        }

        if (await history.IsReadableAsync(name, cancellationToken))
        {
            return Verdict.NameHasHistory;
        }

        if (await TakesOthersHistoryAsync(room, asked, cancellationToken))
        {
            return Verdict.HistoryIsOlder;
        }

        asked = ask();
        return room.Move(asked, name, what.Reason, numbers, last, rooms) is { } verdict ? await ShownAsync(verdict, asked, cancellationToken) : null;
    }

    /// <summary>True if the room has a history that everybody may read from before it began, which is not its operators' to take along.</summary>
    private async ValueTask<bool> TakesOthersHistoryAsync(Room room, RoomAsk ask, CancellationToken cancellationToken)
    {
        var (name, since) = room.Ask(state => (state.Name, RoomPolicy.ReachesBackTo(state, ask.By.User!.Actor)));
        return (await history.Store.ReadAsync(new HistoryQuery(name) { Until = since, Limit = 1 }, cancellationToken)).Count > 0;
    }

    /// <summary>Waits until everything is kept that was decided so far; the result says whether it is.</summary>
    private async ValueTask<Verdict> KeptSoFarAsync(CancellationToken cancellationToken)
    {
        var step = new StoreStep();
        var completion = step.CompletionAsync();
        return lane.TryAdd(step, out _) ? await completion.WaitAsync(cancellationToken) : Verdict.Stopping;
    }

    private static async ValueTask<Verdict> ShownAsync(Verdict verdict, RoomAsk ask, CancellationToken cancellationToken)
        => verdict == Verdict.Accepted && ask.Completion is { } completion ? await completion.WaitAsync(cancellationToken) : verdict;
}
