using Parley.Core.Delivery;
using Parley.Core.Names;
using Parley.Core.Ports;
using Parley.Core.Sessions;

namespace Parley.Core.History;

/// <summary>Shows sessions what was said before: when they join, and when they fell behind.</summary>
internal sealed class CatchUp(IHistoryStore store) : ICatchUp
{
    /// <summary>Messages that are read, and put into an outbox, at a time.</summary>
    private const int PageMessages = 200;

    /// <summary>Fills a hole with a room's last messages, and closes it.</summary>
    /// <param name="session">Who is shown them.</param>
    /// <param name="hole">Where.</param>
    /// <param name="room">The room.</param>
    /// <param name="upTo">The number of the last of them: what comes after it, the session is shown anyway.</param>
    /// <param name="count">How many, at most.</param>
    public async Task ReplayAsync(Session session, OutboxHole hole, RoomName room, long upTo, int count)
    {
        try
        {
            var entries = await store.ReadAsync(new HistoryQuery(room) { Before = upTo + 1, Limit = count });
            if (entries.Count > 0)
            {
                _ = session.Outbox.FillAsync(hole, Encode(session, room, entries, HistoryPart.Whole));
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

    private static byte[] Encode(Session session, RoomName room, IReadOnlyList<HistoryEntry> entries, HistoryPart part)
        => Scratch.Encode(
            (session.PrivateFlavor, room, entries, part),
            static (its, output) => its.PrivateFlavor.EncodeHistory(its.room, its.entries, its.part, output));

    private async Task CatchUpAsync(OutboxHole hole, IReadOnlyList<MissedRange> missed)
    {
        var outbox = missed[0].Subscription.Session.Outbox;
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
        var (session, room) = (range.Subscription.Session, range.Subscription.Room.Name);
        var part = HistoryPart.First;
        for (var after = Math.Max(range.After, range.Subscription.Room.NamedAfter); !part.HasFlag(HistoryPart.Last); part &= ~HistoryPart.First)
        {
            var query = new HistoryQuery(room) { After = after, Before = range.UpTo + 1, Limit = PageMessages, Oldest = true };
            var entries = await store.ReadAsync(query);
            if (entries.Count == 0 && part == HistoryPart.First)
            {
                return true;
            }

            if (entries.Count < PageMessages)
            {
                part |= HistoryPart.Last;
            }

            if (!await session.Outbox.FillAsync(hole, Encode(session, room, entries, part)))
            {
                return false;
            }

            after = entries is [.., var last] ? last.Number : after;
        }

        return true;
    }
}
