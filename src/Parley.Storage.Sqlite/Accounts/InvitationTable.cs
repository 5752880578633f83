using System.Text;
using Parley.Core.Accounts;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Accounts;

/// <summary>Invitations to make accounts. Not for two threads at a time.</summary>
internal sealed class InvitationTable(Database database)
{
    private const string Columns = "id, hash, made_by, made, uses, used, expires, note";

    public ServerInvitation Add(ServerInvitation invitation)
    {
        using var insert = database.Prepare("INSERT INTO invitation (hash, made_by, made, uses, used, expires, note) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id");

        // As bytes: text may have any character, also the one that ends a string in C.
        insert.Bind(1, invitation.Hash).Bind(2, Encoding.UTF8.GetBytes(invitation.By)).Bind(3, StoredTime.Of(invitation.Made))
            .Bind(4, invitation.Uses).Bind(5, invitation.Used).Bind(7, Encoding.UTF8.GetBytes(invitation.Note));
        _ = invitation.Expires is { } expires ? insert.Bind(6, StoredTime.Of(expires)) : insert.BindNull(6);
        return insert.TryNumber(out var id) ? invitation with { Id = id } : throw insert.Damaged("no number for an invitation");
    }

    public List<ServerInvitation> List()
    {
        var invitations = new List<ServerInvitation>();
        using var select = database.Prepare($"SELECT {Columns} FROM invitation ORDER BY id");
        while (select.Step())
        {
            invitations.Add(Of(select));
        }

        return invitations;
    }

    public ServerInvitation? Find(string hash)
    {
        using var select = database.Prepare($"SELECT {Columns} FROM invitation WHERE hash = ?");
        return select.Bind(1, hash).Step() ? Of(select) : null;
    }

    public bool Use(string hash, DateTimeOffset now)
    {
        using var update = database.Prepare(
            "UPDATE invitation SET uses = uses - 1, used = used + 1 WHERE hash = ? AND uses > 0 AND (expires IS NULL OR expires > ?) RETURNING id");
        return update.Bind(1, hash).Bind(2, StoredTime.Of(now)).Returns();
    }

    public void GiveBack(string hash)
    {
        using var update = database.Prepare("UPDATE invitation SET uses = uses + 1, used = used - 1 WHERE hash = ?");
        update.Bind(1, hash).Run();
    }

    public ServerInvitation? Remove(long id)
    {
        using var delete = database.Prepare($"DELETE FROM invitation WHERE id = ? RETURNING {Columns}");
        if (!delete.Bind(1, id).Step())
        {
            return null;
        }

        var removed = Of(delete);
        delete.Run();
        return removed;
    }

    private static ServerInvitation Of(Statement row) => new(row.Text(1), TextOf(row, 2), StoredTime.ToTime(row.Number(3)), (int)row.Number(4))
    {
        Id = row.Number(0),
        Used = (int)row.Number(5),
        Expires = row.IsNull(6) ? null : StoredTime.ToTime(row.Number(6)),
        Note = TextOf(row, 7),
    };

    private static string TextOf(Statement row, int column) => Encoding.UTF8.GetString(row.Bytes(column));
}
