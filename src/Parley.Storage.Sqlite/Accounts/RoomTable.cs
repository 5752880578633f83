using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Accounts;

/// <summary>Tables of registered rooms. Not for two threads at a time.</summary>
internal sealed class RoomTable(Database database)
{
    /// <summary>Reads all rooms by name, and removes those that lost their registration with an account.</summary>
    public IReadOnlyList<RegisteredRoom> Load()
    {
        using var transaction = new Transaction(database);
        var roles = Grouped(
            "SELECT life, account.identity, account.name, account.created, rank, since FROM room_role JOIN account ON account.identity = room_role.account ORDER BY room_role.id",
            row => new RoomRole(AccountOf(row, 1), (MemberRank)row.Number(4), StoredTime.ToTime(row.Number(5))));
        var settings = Grouped(
            "SELECT life, mode, argument, set_by, time, expires, reason, name, identity FROM room_setting ORDER BY id",
            row => new RoomSetting(ModeOf(row, 1), row.IsNull(2) ? null : TextOf(row, 2), TextOf(row, 3), StoredTime.ToTime(row.Number(4)))
            {
                Until = row.IsNull(5) ? null : StoredTime.ToTime(row.Number(5)),
                Reason = TextOf(row, 6),
                Name = TextOf(row, 7),
                Who = Identity.Restore(row.Number(8)),
            });
        var values = Grouped("SELECT life, key, value FROM room_value", row => KeyValuePair.Create(TextOf(row, 1), TextOf(row, 2)));
        var rooms = new List<RegisteredRoom>();
        var lost = new List<RoomLife>();
        using (var select = database.Prepare(
            """
            SELECT life, room.name, room.created, registered, topic, topic_by, topic_time, founder, account.name, account.created
            FROM room LEFT JOIN account ON account.identity = room.founder ORDER BY room.key
            """))
        {
            while (select.Step())
            {
                var life = new RoomLife(select.Number(0));
                var known = roles.GetValueOrDefault(life) ?? [];
                if (RegistrationOf(select, known) is not { } registration)
                {
                    lost.Add(life);
                    continue;
                }

                rooms.Add(new RegisteredRoom(NameOf(select, 1), life, StoredTime.ToTime(select.Number(2)), registration)
                {
                    Topic = select.IsNull(4) ? null : new RoomTopic(TextOf(select, 4), TextOf(select, 5), StoredTime.ToTime(select.Number(6))),
                    Settings = settings.GetValueOrDefault(life) ?? [],
                    Values = values.GetValueOrDefault(life)?.ToDictionary(StringComparer.Ordinal) ?? [],
                });
            }
        }

        lost.ForEach(RemoveRows);
        transaction.Commit();
        return rooms;
    }

    public void Save(RegisteredRoom room)
    {
        using var transaction = new Transaction(database);
        var life = room.Life.Value;
        using (var upsert = database.Prepare(
            """
            INSERT INTO room (life, key, name, created, founder, registered, topic, topic_by, topic_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (life) DO UPDATE SET key = excluded.key, name = excluded.name, founder = excluded.founder, registered = excluded.registered,
                topic = excluded.topic, topic_by = excluded.topic_by, topic_time = excluded.topic_time
            """))
        {
            upsert.Bind(1, life).Bind(2, room.Name.Key).Bind(3, room.Name.Value).Bind(4, StoredTime.Of(room.Created))
                .Bind(5, room.Registration.Founder.Id.Value).Bind(6, StoredTime.Of(room.Registration.Registered));
            if (room.Topic is { } topic)
            {
                upsert.Bind(7, Bytes(topic.Text)).Bind(8, Bytes(topic.SetBy)).Bind(9, StoredTime.Of(topic.Time));
            }

            upsert.Run();
        }

        Clear("room_role", life);
        foreach (var role in room.Registration.Roles)
        {
            using var insert = database.Prepare("INSERT INTO room_role (life, account, rank, since) VALUES (?, ?, ?, ?)");
            insert.Bind(1, life).Bind(2, role.Account.Id.Value).Bind(3, (long)role.Rank).Bind(4, StoredTime.Of(role.Since)).Run();
        }

        Clear("room_setting", life);
        foreach (var setting in room.Settings)
        {
            using var insert = database.Prepare("INSERT INTO room_setting (life, mode, set_by, time, argument, reason, name, identity, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
            insert.Bind(1, life).Bind(2, setting.Mode.ToString()).Bind(3, Bytes(setting.SetBy)).Bind(4, StoredTime.Of(setting.Time))
                .Bind(6, Bytes(setting.Reason)).Bind(7, Bytes(setting.Name)).Bind(8, setting.Who.Value);
            if (setting.Argument is { } argument)
            {
                insert.Bind(5, Bytes(argument));
            }

            if (setting.Until is { } until)
            {
                insert.Bind(9, StoredTime.Of(until));
            }

            insert.Run();
        }

        Clear("room_value", life);
        foreach (var (key, value) in room.Values)
        {
            using var insert = database.Prepare("INSERT INTO room_value (life, key, value) VALUES (?, ?, ?)");
            insert.Bind(1, life).Bind(2, Bytes(key)).Bind(3, Bytes(value)).Run();
        }

        transaction.Commit();
    }

    public void Remove(RoomLife room) => RemoveRows(room);

    /// <summary>The registration without the accounts that are gone; null if it ended with them.</summary>
    private static RoomRegistration? RegistrationOf(Statement row, List<RoomRole> roles)
    {
        var isThere = !row.IsNull(8);
        var founder = isThere ? AccountOf(row, 7) : new ProvenAccount(new AccountId(row.Number(7)), default, default);
        var registration = new RoomRegistration(founder, StoredTime.ToTime(row.Number(3))) { Roles = roles };
        return isThere ? registration : registration.Without(founder.Id);
    }

    private static ProvenAccount AccountOf(Statement row, int column)
        => UserName.TryParse(row.Text(column + 1), out var name)
            ? new ProvenAccount(new AccountId(row.Number(column)), name, StoredTime.ToTime(row.Number(column + 2)))
            : throw row.Damaged("an account that is none");

    private static RoomName NameOf(Statement row, int column)
        => RoomName.TryParse(row.Text(column), out var name) ? name : throw row.Damaged("a room that is none");

    // A rule that is not understood MUST NOT be left out: it may be one that keeps people out.
    private static RoomMode ModeOf(Statement row, int column)
        => Enum.TryParse<RoomMode>(row.Text(column), out var mode) && Enum.IsDefined(mode) ? mode : throw row.Damaged("a room's mode that is none");

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string TextOf(Statement row, int column) => Encoding.UTF8.GetString(row.Bytes(column));

    private Dictionary<RoomLife, List<T>> Grouped<T>(string sql, Func<Statement, T> read)
    {
        var groups = new Dictionary<RoomLife, List<T>>();
        using var select = database.Prepare(sql);
        while (select.Step())
        {
            var life = new RoomLife(select.Number(0));
            if (!groups.TryGetValue(life, out var group))
            {
                groups[life] = group = [];
            }

            group.Add(read(select));
        }

        return groups;
    }

    private void Clear(string table, long life)
    {
        using var delete = database.Prepare($"DELETE FROM {table} WHERE life = ?");
        delete.Bind(1, life).Run();
    }

    private void RemoveRows(RoomLife room)
    {
        using var delete = database.Prepare("DELETE FROM room WHERE life = ?");
        delete.Bind(1, room.Value).Run();
    }
}
