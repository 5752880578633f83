using System.Text;
using Npgsql;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Storage.PostgreSql.Engine;

/// <summary>Text of people as the database has it: bytes of UTF-8, as PostgreSQL's text may not have a zero byte.</summary>
internal static class StoredText
{
    public static byte[] Of(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[]? OfOptional(string? text) => text is null ? null : Of(text);

    public static string TextAt(this NpgsqlDataReader row, int column) => Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(column));

    public static string? OptionalTextAt(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.TextAt(column);

    public static DateTimeOffset TimeAt(this NpgsqlDataReader row, int column) => StoredTime.ToTime(row.GetInt64(column));

    public static DateTimeOffset? OptionalTimeAt(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.TimeAt(column);

    public static long? OptionalTime(DateTimeOffset? time) => time is { } known ? StoredTime.Of(known) : null;
}
