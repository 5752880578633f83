using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Core.Broker.History;

/// <summary>Shows sessions what was said before: when they join, and when they fell behind.</summary>
/// <param name="past">Reads it.</param>
internal sealed class CatchUp(IRoomPast past) : ICatchUp
{
    /// <summary>Messages that are read, and put into an outbox, at a time.</summary>
    private const int PageMessages = 200;

    /// <summary>Fills a hole with a room's last messages, and closes it.</summary>
    /// <param name="session">Who is shown them.</param>
    /// <param name="replay">Where, of which room, and up to what: what comes after it, the session is shown anyway.</param>
    /// <param name="count">How many, at most.</param>
    public async Task ReplayAsync(Session session, Replay replay, int count)
    {
        var hole = replay.Hole;
        try
        {
            var entries = await past.ReadAsync(session, replay.Room!, new HistoryQuery(replay.Name) { Before = replay.UpTo + 1, Limit = count });
            if (entries.Count > 0)
            {
                _ = session.Outbox.FillAsync(hole, Encode(session, new Past(replay.Name, In(replay.Name, entries), HistoryPart.Whole) { FormerNames = replay.FormerNames }));
            }
        }
        catch (HistoryException)
        {
            // To talk matters more than to see what was said.
        }
        finally
        {
            session.Outbox.Close(hole);
        }
    }

    void ICatchUp.Begin(OutboxHole hole, IReadOnlyList<MissedRange> missed)
        => ThreadPool.UnsafeQueueUserWorkItem(_ => _ = CatchUpAsync(hole, missed), null);

    private static byte[] Encode(Session session, Past what) => Scratch.Encode(session.PrivateFlavor, what);

    /// <summary>Entries under the name by which a session knows their room where it is shown them.</summary>
    private static IReadOnlyList<HistoryEntry> In(RoomName name, IReadOnlyList<HistoryEntry> entries)
        => entries[0].Room == name ? entries : [.. entries.Select(entry => entry with { Room = name, FormerRoom = entry.SaidIn })];

    private async Task CatchUpAsync(OutboxHole hole, IReadOnlyList<MissedRange> missed)
    {
        var outbox = missed[0].Subscription.Outbox;
        try
        {
            foreach (var range in missed)
            {
                if (!await TryShowAsync(hole, range))
                {
                    return;
                }
            }
        }
        catch (HistoryException)
        {
            // It was told how many it missed; more is not to be had.
        }
        finally
        {
            outbox.Close(hole);
        }
    }

    /// <summary>Page by page, each when the one before was sent. False: the session takes no more.</summary>
    private async Task<bool> TryShowAsync(OutboxHole hole, MissedRange range)
    {
        var place = (RoomPlace)range.Subscription;
        var (session, room) = (place.Session, place.Room);
        var part = HistoryPart.First;
        for (var after = range.After; !part.HasFlag(HistoryPart.Last); part &= ~HistoryPart.First)
        {
            var query = new HistoryQuery(room.Name) { After = after, Before = range.UpTo + 1, Limit = PageMessages, Oldest = true };
            var entries = await past.ReadAsync(session, room, query);
            if (entries.Count == 0 && part == HistoryPart.First)
            {
                return true;
            }

            if (entries.Count < PageMessages)
            {
                part |= HistoryPart.Last;
            }

            if (!await TryFillAsync(session, hole, room.Name, entries, part))
            {
                return false;
            }

            after = entries is [.., var last] ? last.Number : after;
        }

        return true;
    }

    private static async Task<bool> TryFillAsync(Session session, OutboxHole hole, RoomName room, IReadOnlyList<HistoryEntry> entries, HistoryPart part)
    {
        var stretches = ByName(room, entries);
        for (var i = 0; i < stretches.Count; i++)
        {
            var its = part
                & (i == 0 ? HistoryPart.Whole : HistoryPart.Last) & (i == stretches.Count - 1 ? HistoryPart.Whole : HistoryPart.First);
            if (!await session.Outbox.FillAsync(hole, Encode(session, new Past(stretches[i].Name, stretches[i].Entries, its))))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Entries under the names that their room had when each was said: the session knew it by these then.</summary>
    private static List<(RoomName Name, IReadOnlyList<HistoryEntry> Entries)> ByName(RoomName room, IReadOnlyList<HistoryEntry> entries)
    {
        if (entries is [] or [{ FormerRoom.IsEmpty: true }, ..])
        {
            return [(room, entries)];
        }

        var stretches = new List<(RoomName, IReadOnlyList<HistoryEntry>)>();
        for (int first = 0, end; first < entries.Count; first = end)
        {
            var name = entries[first].SaidIn;
            for (end = first + 1; end < entries.Count && entries[end].SaidIn == name;)
            {
                end++;
            }

            stretches.Add((name, [.. entries.Take(first..end).Select(entry => entry with { Room = name, FormerRoom = default })]));
        }

        return stretches;
    }
}
