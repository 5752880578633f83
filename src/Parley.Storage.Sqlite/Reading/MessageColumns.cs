using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Reading;

/// <summary>The columns that make a <see cref="HistoryEntry"/>, in the order in which queries name them.</summary>
internal static class MessageColumns
{
    /// <summary>Number of columns, which is also the number of the first column behind them.</summary>
    public const int Count = 13;

    public const string All =
        "message.number, message.time, message.author, message.recipient, message.kind, message.text, "
        + "message.origin, message.account, message.tags, message.recipient_account, "
        + "message.author_id, message.recipient_id, message.life";

    /// <summary>The row's entry: of a room, or with an empty one a direct message.</summary>
    public static HistoryEntry Read(Statement row, RoomName room)
    {
        var recipient = default(UserName);
        if (!UserName.TryParse(row.Bytes(2), out var author) || (room.IsEmpty && !UserName.TryParse(row.Bytes(3), out recipient)))
        {
            throw row.Damaged("the name of a user that is none");
        }

        return new HistoryEntry(
            room,
            row.Number(0),
            StoredTime.ToTime(row.Number(1)),
            author,
            recipient,
            (MessageKind)row.Number(4),
            row.Bytes(5).ToArray(),
            StoredOrigin.Read(row, 6),
            Account(row, 7),
            row.IsNull(8) ? default(ReadOnlyMemory<byte>) : row.Bytes(8).ToArray(),
            Account(row, 9),
            Identity.Restore(row.IsNull(10) ? 0 : row.Number(10)),
            Identity.Restore(row.IsNull(11) ? 0 : row.Number(11)),
            new RoomLife(row.IsNull(12) ? 0 : row.Number(12)));
    }

    private static UserName Account(Statement row, int column)
        => row.IsNull(column) ? default
            : UserName.TryParse(row.Bytes(column), out var account) ? account
            : throw row.Damaged("the name of an account that is none");
}
