using Parley.Core.Names;

namespace Parley.Storage.PostgreSql.Schema;

/// <summary>Names as the database finds them.</summary>
internal static class Names
{
    /// <summary>The name of a room folded; null for none.</summary>
    public static string? KeyOf(RoomName name) => name.IsEmpty ? null : name.Key;

    /// <summary>The name of a user folded; null for none.</summary>
    public static string? KeyOf(UserName name) => name.IsEmpty ? null : name.Key;
}
