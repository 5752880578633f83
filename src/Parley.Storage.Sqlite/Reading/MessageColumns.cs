using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Reading;

/// <summary>The columns that make a <see cref="HistoryEntry"/>, in the order in which queries name them.</summary>
internal static class MessageColumns
{
    public const string All = "message.number, message.time, message.author, message.recipient, message.kind, message.text";

    /// <summary>The row's entry: of a room, or with an empty one a direct message.</summary>
    public static HistoryEntry Read(Statement row, RoomName room)
    {
        var recipient = default(UserName);
        if (!UserName.TryParse(row.Bytes(2), out var author) || (room.IsEmpty && !UserName.TryParse(row.Bytes(3), out recipient)))
        {
            throw row.Damaged("the name of a user that is none");
        }

        return new HistoryEntry(
            room, row.Number(0), StoredTime.ToTime(row.Number(1)), author, recipient, (MessageKind)row.Number(4), row.Bytes(5).ToArray());
    }
}
