using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Reading;

/// <summary>Which rows of a room are meant: their kind, their author, and whether the reader may read them.</summary>
/// <param name="IncludesEvents">Whether what was not said in words is meant, too.</param>
/// <param name="Author">Only what this user wrote; empty for anybody.</param>
/// <param name="Reader">Somebody who asks for direct messages; null in a room, where all may be read.</param>
/// <param name="Other">The other end of these messages; null for any.</param>
/// <param name="Life">The life of the room that is read.</param>
internal readonly record struct RowFilter(bool IncludesEvents, UserName Author, DirectReader? Reader, Correspondent? Other, RoomLife Life)
{
    // As DirectReader.IsBetween has it: one end is the reader's own, and the other is whom it asks about.
    private const string OwnAuthor =
        "(message.author_id IN (?6, ?7) OR (message.author_id IS NULL AND message.account = ?8 AND message.time >= ?9))";

    private const string OwnRecipient =
        "(message.recipient_id IN (?6, ?7) OR (message.recipient_id IS NULL AND message.recipient_account = ?8 AND message.time >= ?9))";

    /// <summary>The condition, with parameters 4 to 14.</summary>
    public const string Condition =
        $"""
        message.kind <= ?4 AND (?5 IS NULL OR message.author = ?5 OR (?13 IS NOT NULL AND name_key(message.author) = ?13)) AND (message.life IS NULL OR message.life = ?12 OR ?12 = -1)
        AND (?6 IS NULL
            OR ({OwnAuthor} AND (?10 IS NULL OR message.recipient = ?10 OR message.recipient_id = ?11 OR (?14 IS NOT NULL AND name_key(message.recipient) = ?14)))
            OR ({OwnRecipient} AND (?10 IS NULL OR message.author = ?10 OR message.author_id = ?11 OR (?14 IS NOT NULL AND name_key(message.author) = ?14))))
        """;

    public static RowFilter Of(HistoryQuery query, DirectReader? reader = null, Correspondent? other = null) =>
        new(query.IncludesEvents, query.Author, reader, other, query.Life);

    public Statement BindTo(Statement statement)
    {
        statement.Bind(12, Life.Value).Bind(4, IncludesEvents ? long.MaxValue : (long)HistoryKinds.LastWithWords).BindOrNull(5, Author.Value).BindOrNull(13, KeyOf(Author));
        if (Reader is not { } reader)
        {
            return statement.BindNull(6).BindNull(7).BindNull(8).BindNull(9).BindNull(10).BindNull(11).BindNull(14);
        }

        statement.Bind(6, reader.Guest.Value);
        Bind(statement, 7, reader.Account).BindOrNull(8, reader.Login?.Name.Value ?? "");
        statement.Bind(9, reader.Login is { } login ? StoredTime.Of(login.Created) : long.MaxValue);
        return Bind(statement.BindOrNull(10, Other?.Name.Value ?? "").BindOrNull(14, KeyOf(Other?.Name ?? default)), 11, Other?.Id ?? default);
    }

    // Names of ASCII are compared as the columns are, without case.
    private static string KeyOf(UserName name) => name.IsAscii ? "" : name.Key;

    private static Statement Bind(Statement statement, int parameter, Identity identity) =>
        identity.IsUnknown ? statement.BindNull(parameter) : statement.Bind(parameter, identity.Value);
}
