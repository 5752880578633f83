using Parley.Core.Search;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Parley.Storage.Sqlite.Engine;

/// <summary><c>search_terms(text, author)</c> in SQL: the terms of a message, which the schema's index is made of.</summary>
internal static class SearchTermsFunction
{
    // SQLITE_INNOCUOUS, which the package has no name for: views of a file may call it.
    private const int Innocuous = 0x200000;

    // One for all connections: each would keep its own alive otherwise.
    private static readonly delegate_function_scalar Function = static (context, _, arguments) =>
        sqlite3_result_text(context, SearchTerms.Of(sqlite3_value_blob(arguments[0]), sqlite3_value_text(arguments[1]).utf8_to_string() ?? ""));

    public static int Register(sqlite3 connection) =>
        sqlite3_create_function(connection, "search_terms", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | Innocuous, null, Function);
}
