using Parley.Core.Accounts;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Reading;

/// <summary>Finds the conversations of somebody who asks: by who it is, and of before that was kept, by its account's name.</summary>
/// <remarks>
/// They are walked in the order of their last message, which the reader may see in all but some of long ago; so the latest ones
/// are found without a look at the others, however many there are.
/// </remarks>
internal sealed class ConversationReader : IDisposable
{
    private static readonly HistoryQuery NewestOfAll = new(default(RoomName)) { Limit = 1 };

    private readonly Statement _all;
    private readonly Statement _between;
    private readonly Statement _last;

    public ConversationReader(Database database)
    {
        _all = database.Prepare(
            """
            SELECT room.id, room.last_time, room.last_message
            FROM correspondent CROSS JOIN room ON room.id = correspondent.room
            WHERE correspondent.name IN (?1, ?2, ?3) AND room.last_time >= ?4 AND room.last_time > 0
            GROUP BY room.id ORDER BY room.last_time DESC
            """);
        _between = database.Prepare(
            """
            SELECT DISTINCT own.room FROM correspondent AS other CROSS JOIN correspondent AS own ON own.room = other.room
            WHERE own.name IN (?1, ?2, ?3) AND other.name IN (?4, ?5)
            """);
        _last = database.Prepare($"SELECT {MessageColumns.All} FROM message WHERE id = ? AND room = ? AND kind <= 2");
    }

    /// <summary>The ids of the conversations in which two may have written to each other.</summary>
    public IReadOnlyList<long> Between(DirectReader reader, Correspondent other)
    {
        var rooms = new List<long>();
        Bind(_between, reader).Bind(4, other.Name.Key).BindOrNull(5, other.Id.IsUnknown ? "" : ConversationName.Key(other.Id));
        while (_between.Step())
        {
            rooms.Add(_between.Number(0));
        }

        return rooms;
    }

    /// <param name="reader">Somebody who asks for its own.</param>
    /// <param name="query">Which of them.</param>
    /// <param name="read">Reads the page that a query asks for of a conversation by its id, as far as the reader may.</param>
    public IReadOnlyList<Conversation> Read(DirectReader reader, HistoryQuery query, Func<long, HistoryQuery, IReadOnlyList<HistoryEntry>> read)
    {
        var last = new List<HistoryEntry>();
        var ends = new HashSet<(UserName, Identity)>();
        var unclear = new List<long>();

        // Of the oldest, any later message may be the last with the same end.
        Bind(_all, reader).Bind(4, StoredTime.Of(query.Since ?? DateTimeOffset.MinValue));
        while ((query.Oldest || ends.Count < query.Limit) && _all.Step())
        {
            if (LastOf(_all.Number(0), _all.Number(2)) is not { } entry || !reader.MayRead(entry))
            {
                unclear.Add(_all.Number(0));
                continue;
            }

            last.Add(entry);
            if (!(entry.Time >= query.Until))
            {
                ends.Add(Conversation.EndOf(reader, entry));
            }
        }

        _all.Reset();

        // After the rows are done with: this looks at a later state of the file.
        last.AddRange(unclear.SelectMany(room => read(room, NewestOfAll)));
        return query.Choose(Conversation.Latest(reader, last), conversation => conversation.LastTime);
    }

    public void Dispose()
    {
        _all.Dispose();
        _between.Dispose();
        _last.Dispose();
    }

    private static Statement Bind(Statement statement, DirectReader reader) => statement
        .Bind(1, ConversationName.Key(reader.Guest))
        .BindOrNull(2, reader.Account.IsUnknown ? "" : ConversationName.Key(reader.Account))
        .BindOrNull(3, reader.Login?.Name.Key ?? "");

    /// <summary>The message that is noted as a conversation's last; null if it is gone.</summary>
    private HistoryEntry? LastOf(long room, long message)
    {
        HistoryEntry? entry = _last.Bind(1, message).Bind(2, room).Step() ? MessageColumns.Read(_last, default) : null;
        _last.Reset();
        return entry;
    }
}
