using System.Globalization;

namespace Parley.Storage.Sqlite.Schema;

/// <summary>The name of a room's history that was set aside: no room can have it, as there is a line break in it.</summary>
internal static class AsideName
{
    /// <summary>True if a room is none of these, in SQL.</summary>
    public const string IsNone = "instr(room.name, char(10)) = 0";

    public static string Of(string name, long id) => string.Create(CultureInfo.InvariantCulture, $"{name}\n{id}");
}
