using Parley.Core.Broker.Sessions;
using Parley.Core.History;

namespace Parley.Core.Broker.History;

/// <summary>Reads what was said in rooms before, for sessions that follow them.</summary>
internal interface IRoomPast
{
    /// <summary>Reads messages of a room, which may take another name meanwhile, with the names that it had when they were said.</summary>
    /// <param name="session">Who follows it.</param>
    /// <param name="room">The room.</param>
    /// <param name="query">Which of them; what it says of the room's name and of lives is not looked at.</param>
    /// <exception cref="HistoryException">The store fails.</exception>
    ValueTask<IReadOnlyList<HistoryEntry>> ReadAsync(Session session, RoomFeed room, HistoryQuery query);
}
