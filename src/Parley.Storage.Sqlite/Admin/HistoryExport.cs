using Parley.Core.History;
using Parley.Core.Names;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Reading;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Admin;

/// <summary>Reads all messages, in the order in which they were written.</summary>
internal static class HistoryExport
{
    // A read that lasts as long as the export would keep the log of a busy server from being cut down.
    private const int PieceMessages = 1_000;

    /// <param name="database">A connection.</param>
    /// <param name="room">Only this room's; empty for all.</param>
    /// <param name="withDirects">Whether direct messages are meant, too.</param>
    public static IEnumerable<HistoryEntry> Read(Database database, RoomName room, bool withDirects)
    {
        using var rows = database.Prepare(
            $"""
            SELECT {MessageColumns.All}, message.id, room.name
            FROM message CROSS JOIN room ON room.id = message.room
            WHERE message.id > ?1 AND {AsideName.IsNone} AND (?2 = '' OR room.key = ?2) AND (?3 OR message.recipient IS NULL)
            ORDER BY message.id LIMIT {PieceMessages}
            """);
        var piece = new List<HistoryEntry>();
        long last = 0;
        do
        {
            piece.Clear();
            rows.Bind(1, last).Bind(2, room.Key).Bind(3, withDirects ? 1 : 0);
            while (rows.Step())
            {
                last = rows.Number(MessageColumns.Count);
                // The name of a conversation is no room's.
                piece.Add(MessageColumns.Read(rows, RoomName.TryParse(rows.Bytes(MessageColumns.Count + 1), out var name) ? name : default));
            }

            foreach (var entry in piece)
            {
                yield return entry;
            }
        }
        while (piece.Count == PieceMessages);
    }
}
