using Npgsql;
using Parley.Core.Names;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Storage.PostgreSql.Writing;

/// <summary>Gives rooms other names, and sets aside what is kept under a name that another room takes.</summary>
internal static class RoomRenamer
{
    /// <summary>
    /// Renames a room, which is there, in the transaction under way; under its old name another one begins, behind its numbers. Whoever
    /// remembers ids by name MUST forget them.
    /// </summary>
    public static void Rename(NpgsqlConnection connection, RoomName room, RoomName newName)
    {
        // No room can have a name with a line break in it.
        using var makeWay = new NpgsqlCommand("UPDATE room SET key = key || chr(10) || id WHERE key = @key RETURNING last_number", connection);
        makeWay.Parameters.AddWithValue("key", Names.KeyOf(newName)!);
        var taken = makeWay.ExecuteScalar() as long? ?? 0;

        using var rename = new NpgsqlCommand(
            """
            UPDATE room SET key = @new_key, name = @new_name, last_number = greatest(last_number, @taken) WHERE key = @key;
            INSERT INTO room (key, name, last_number) SELECT @key, @name, last_number FROM room WHERE key = @new_key
            """,
            connection);
        rename.Parameters.AddWithValue("key", Names.KeyOf(room)!);
        rename.Parameters.AddWithValue("name", room.Value);
        rename.Parameters.AddWithValue("new_key", Names.KeyOf(newName)!);
        rename.Parameters.AddWithValue("new_name", newName.Value);
        rename.Parameters.AddWithValue("taken", taken);
        rename.ExecuteNonQuery();
    }
}
