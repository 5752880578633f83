using Parley.Core.Names;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Parley.Storage.Sqlite.Engine;

/// <summary><c>name_key(name)</c> in SQL: the name of a user folded, where it is not kept so.</summary>
internal static class NameKeyFunction
{
    // One for all connections: each would keep its own alive otherwise.
    private static readonly delegate_function_scalar Function = static (context, _, arguments) =>
        sqlite3_result_text(context, UserName.TryParse(sqlite3_value_blob(arguments[0]), out var name) ? name.Key : "");

    public static int Register(sqlite3 connection) =>
        sqlite3_create_function(connection, "name_key", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, null, Function);
}
