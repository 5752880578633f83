using Npgsql;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Storage.PostgreSql.Schema;

/// <summary>The columns that make a <see cref="HistoryEntry"/>, in the order in which queries name them.</summary>
internal static class MessageColumns
{
    /// <summary>All of them, for a table that is called m, with the name of its room, which is called r.</summary>
    public const string All =
        "r.name, m.number, m.time, m.author, m.recipient, m.kind, m.text, m.origin, m.account, m.tags, m.recipient_account, m.author_id, m.recipient_id, m.life";

    /// <summary>The row's entry.</summary>
    /// <exception cref="HistoryException">It is not what Parley writes.</exception>
    public static HistoryEntry Read(NpgsqlDataReader row)
    {
        // Direct messages have an empty name.
        return new HistoryEntry(
            RoomName.TryParse(row.GetString(0), out var room) ? room : default,
            row.GetInt64(1),
            StoredTime.ToTime(row.GetInt64(2)),
            User(row, 3),
            User(row, 4),
            (MessageKind)row.GetInt16(5),
            row.GetFieldValue<byte[]>(6),
            row.IsDBNull(7) ? null : row.GetString(7),
            User(row, 8),
            row.IsDBNull(9) ? default(ReadOnlyMemory<byte>) : row.GetFieldValue<byte[]>(9),
            User(row, 10),
            Id(row, 11),
            Id(row, 12),
            new RoomLife(row.IsDBNull(13) ? 0 : row.GetInt64(13)));
    }

    private static Identity Id(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? default : Identity.Restore(row.GetInt64(column));

    private static UserName User(NpgsqlDataReader row, int column)
    {
        var name = default(UserName);
        return row.IsDBNull(column) || UserName.TryParse(row.GetString(column), out name)
            ? name
            : throw new HistoryException($"The history has '{row.GetString(column)}' for the name of a user, which is none");
    }
}
