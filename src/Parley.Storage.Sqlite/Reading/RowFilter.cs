using Parley.Core.History;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Reading;

/// <summary>Which rows of a room are meant: their kind, their author, and whether the reader may read them.</summary>
/// <param name="IncludesEvents">Whether what was not said in words is meant, too.</param>
/// <param name="Author">Only what this user wrote; empty for anybody.</param>
/// <param name="Reader">Who asks for direct messages; null in a room, where all may be read.</param>
internal readonly record struct RowFilter(bool IncludesEvents, string Author, DirectReader? Reader)
{
    /// <summary>The condition, with parameters 4 to 8.</summary>
    public const string Condition =
        """
        message.kind <= ?4 AND (?5 IS NULL OR message.author = ?5)
        AND (message.time >= ?6
            OR (message.author = ?7 AND message.account = ?8)
            OR (message.recipient = ?7 AND message.recipient_account = ?8))
        """;

    public static RowFilter Of(HistoryQuery query, DirectReader? reader) => new(query.IncludesEvents, query.Author.Value, reader);

    public Statement BindTo(Statement statement)
    {
        statement.Bind(4, IncludesEvents ? long.MaxValue : (long)HistoryKinds.LastWithWords).BindOrNull(5, Author);
        return Reader is { } reader
            ? statement.Bind(6, StoredTime.Of(reader.Since)).Bind(7, reader.Name.Value).BindOrNull(8, reader.Account.Value)
            : statement.Bind(6, long.MinValue).BindNull(7).BindNull(8);
    }
}
