using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Server.Connections;
using Parley.Server.Irc.Sessions;

namespace Parley.Server.Irc.History;

/// <summary>
/// Repeats the last messages of a room for a client that took its renaming for a room left and another joined, and has
/// closed the window of the first.
/// </summary>
internal static class RenamedReplay
{
    /// <summary>Reads and shows it, soon, on a thread of the pool. Never throws: to see it again matters less than to be in the room.</summary>
    public static async Task ShowAsync(IrcSession session, RoomName room)
    {
        var count = IrcReplay.CountFor(session);
        if (count == 0 || !session.Context.Broker.KeepsHistory)
        {
            return;
        }

        await Task.Yield();
        try
        {
            if (await session.LookAsync(new ReadRoom(new HistoryQuery(room) { Limit = count }), CancellationToken.None) is { Count: > 0 } entries)
            {
                session.Session.Reply(output => IrcReplay.WritePast(session, entries[0].Room, entries, output));
                session.Session.Outbox.ScheduleSend();
            }
        }
        catch (HistoryException)
        {
            // It is shown nothing, and misses nothing that it has not seen.
        }
    }
}
