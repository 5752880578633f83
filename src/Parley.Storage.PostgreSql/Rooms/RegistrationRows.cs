using Npgsql;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Storage.PostgreSql.Engine;
using Parley.Storage.PostgreSql.Schema;
using Parley.Storage.PostgreSql.Writing;

namespace Parley.Storage.PostgreSql.Rooms;

/// <summary>Tables of registered rooms, over a connection on which nothing else is under way.</summary>
internal static class RegistrationRows
{
    /// <summary>Reads all rooms by name, and removes those that lost their registration with an account.</summary>
    public static IReadOnlyList<RegisteredRoom> Load(NpgsqlConnection connection, WriteFence? fence)
    {
        using var transaction = WriteFence.Begin(connection, fence);
        var roles = Grouped(
            connection,
            """
            SELECT life, account.id, account.name, account.created, rank, since
            FROM registration_role JOIN account ON account.id = registration_role.account ORDER BY registration_role.id
            """,
            row => new RoomRole(AccountOf(row, 1), (MemberRank)row.GetInt32(4), row.TimeAt(5)));
        var settings = Grouped(
            connection,
            "SELECT life, mode, argument, set_by, time, expires, reason, name, identity FROM registration_setting ORDER BY id",
            row => new RoomSetting(ModeOf(row, 1), row.OptionalTextAt(2), row.TextAt(3), row.TimeAt(4))
            {
                Until = row.OptionalTimeAt(5),
                Reason = row.TextAt(6),
                Name = row.TextAt(7),
                Who = Identity.Restore(row.GetInt64(8)),
            });
        var values = Grouped(connection, "SELECT life, key, value FROM registration_value", row => KeyValuePair.Create(row.TextAt(1), row.TextAt(2)));
        var rooms = new List<RegisteredRoom>();
        var lost = new List<RoomLife>();
        using (var select = new NpgsqlCommand(
            """
            SELECT life, registration.name, registration.created, registered, topic, topic_by, topic_time, founder, account.name, account.created
            FROM registration LEFT JOIN account ON account.id = registration.founder ORDER BY registration.key COLLATE "C"
            """,
            connection))
        {
            using var rows = select.ExecuteReader();
            while (rows.Read())
            {
                var life = new RoomLife(rows.GetInt64(0));
                if (RegistrationOf(rows, roles.GetValueOrDefault(life) ?? []) is not { } registration)
                {
                    lost.Add(life);
                    continue;
                }

                rooms.Add(new RegisteredRoom(NameOf(rows, 1), life, rows.TimeAt(2), registration)
                {
                    Topic = rows.IsDBNull(4) ? null : new RoomTopic(rows.TextAt(4), rows.TextAt(5), rows.TimeAt(6)),
                    Settings = settings.GetValueOrDefault(life) ?? [],
                    Values = values.GetValueOrDefault(life)?.ToDictionary(StringComparer.Ordinal) ?? [],
                });
            }
        }

        lost.ForEach(life => Remove(connection, life));
        transaction.Commit();
        return rooms;
    }

    /// <summary>Keeps a room with all that it has, or nothing of it.</summary>
    public static void Save(NpgsqlConnection connection, WriteFence? fence, RegisteredRoom room)
    {
        using var transaction = WriteFence.Begin(connection, fence);
        var life = room.Life.Value;
        Run(
            connection,
            """
            INSERT INTO registration (life, key, name, created, founder, registered, topic, topic_by, topic_time) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (life) DO UPDATE SET key = excluded.key, name = excluded.name, founder = excluded.founder, registered = excluded.registered,
                topic = excluded.topic, topic_by = excluded.topic_by, topic_time = excluded.topic_time
            """,
            life, room.Name.Key, room.Name.Value, StoredTime.Of(room.Created), room.Registration.Founder.Id.Value, StoredTime.Of(room.Registration.Registered),
            StoredText.OfOptional(room.Topic?.Text), StoredText.OfOptional(room.Topic?.SetBy), StoredText.OptionalTime(room.Topic?.Time));
        Run(connection, "DELETE FROM registration_role WHERE life = $1", life);
        foreach (var role in room.Registration.Roles)
        {
            Run(
                connection, "INSERT INTO registration_role (life, account, rank, since) VALUES ($1, $2, $3, $4)",
                life, role.Account.Id.Value, (int)role.Rank, StoredTime.Of(role.Since));
        }

        Run(connection, "DELETE FROM registration_setting WHERE life = $1", life);
        foreach (var setting in room.Settings)
        {
            Run(
                connection,
                """
                INSERT INTO registration_setting (life, mode, argument, set_by, time, expires, reason, name, identity)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """,
                life, setting.Mode.ToString(), StoredText.OfOptional(setting.Argument), StoredText.Of(setting.SetBy), StoredTime.Of(setting.Time),
                StoredText.OptionalTime(setting.Until), StoredText.Of(setting.Reason), StoredText.Of(setting.Name), setting.Who.Value);
        }

        Run(connection, "DELETE FROM registration_value WHERE life = $1", life);
        foreach (var (key, value) in room.Values)
        {
            Run(connection, "INSERT INTO registration_value (life, key, value) VALUES ($1, $2, $3)", life, StoredText.Of(key), StoredText.Of(value));
        }

        transaction.Commit();
    }

    /// <summary>Keeps a room no more.</summary>
    public static void Remove(NpgsqlConnection connection, WriteFence? fence, RoomLife life)
    {
        using var transaction = WriteFence.Begin(connection, fence);
        Remove(connection, life);
        transaction.Commit();
    }

    private static void Remove(NpgsqlConnection connection, RoomLife life) => Run(connection, "DELETE FROM registration WHERE life = $1", life.Value);

    /// <summary>The registration without the accounts that are gone; null if it ended with them.</summary>
    private static RoomRegistration? RegistrationOf(NpgsqlDataReader row, List<RoomRole> roles)
    {
        var isThere = !row.IsDBNull(8);
        var founder = isThere ? AccountOf(row, 7) : new ProvenAccount(new AccountId(row.GetInt64(7)), default, default);
        var registration = new RoomRegistration(founder, row.TimeAt(3)) { Roles = roles };
        return isThere ? registration : registration.Without(founder.Id);
    }

    private static ProvenAccount AccountOf(NpgsqlDataReader row, int column)
        => UserName.TryParse(row.GetString(column + 1), out var name)
            ? new ProvenAccount(new AccountId(row.GetInt64(column)), name, row.TimeAt(column + 2))
            : throw Damaged("an account that is none");

    private static RoomName NameOf(NpgsqlDataReader row, int column)
        => RoomName.TryParse(row.GetString(column), out var name) ? name : throw Damaged("a room that is none");

    // A rule that is not understood MUST NOT be left out: it may be one that keeps people out.
    private static RoomMode ModeOf(NpgsqlDataReader row, int column)
        => Enum.TryParse<RoomMode>(row.GetString(column), out var mode) && Enum.IsDefined(mode) ? mode : throw Damaged("a room's mode that is none");

    private static RoomRegistryException Damaged(string what) => new($"The database is damaged ({what}), or of a newer Parley: put back a backup, or start that one");

    private static Dictionary<RoomLife, List<T>> Grouped<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read)
    {
        var groups = new Dictionary<RoomLife, List<T>>();
        using var select = new NpgsqlCommand(sql, connection);
        using var rows = select.ExecuteReader();
        while (rows.Read())
        {
            var life = new RoomLife(rows.GetInt64(0));
            if (!groups.TryGetValue(life, out var group))
            {
                groups[life] = group = [];
            }

            group.Add(read(rows));
        }

        return groups;
    }

    private static void Run(NpgsqlConnection connection, string sql, params object?[] arguments)
    {
        using var command = new NpgsqlCommand(sql, connection);
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = argument ?? DBNull.Value });
        }

        command.ExecuteNonQuery();
    }
}
