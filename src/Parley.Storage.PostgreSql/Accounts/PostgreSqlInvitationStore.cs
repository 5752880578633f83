using Npgsql;
using Parley.Core.Accounts;
using Parley.Storage.PostgreSql.Engine;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Storage.PostgreSql.Accounts;

/// <summary>Invitations in a database: of a use that several servers want, one has it.</summary>
internal sealed class PostgreSqlInvitationStore(Sql sql) : IInvitationStore
{
    private const string Columns = "id, hash, made_by, made, uses, used, expires, note";

    public async ValueTask<ServerInvitation> AddAsync(ServerInvitation invitation, CancellationToken cancellationToken = default)
        => await sql.ReturnAsync(
            $"INSERT INTO invitation (hash, made_by, made, uses, used, expires, note) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING {Columns}",
            Read, cancellationToken, invitation.Hash, StoredText.Of(invitation.By), StoredTime.Of(invitation.Made), invitation.Uses, invitation.Used,
            StoredText.OptionalTime(invitation.Expires), StoredText.Of(invitation.Note)) ?? throw sql.Damaged("no number for an invitation");

    public ValueTask<IReadOnlyList<ServerInvitation>> ListAsync(CancellationToken cancellationToken = default)
        => sql.ReadAsync($"SELECT {Columns} FROM invitation ORDER BY id", Read, cancellationToken);

    public ValueTask<ServerInvitation?> FindAsync(string hash, CancellationToken cancellationToken = default)
        => sql.FindAsync($"SELECT {Columns} FROM invitation WHERE hash = $1", Read, cancellationToken, hash);

    public async ValueTask<bool> UseAsync(string hash, DateTimeOffset now, CancellationToken cancellationToken = default)
        => await sql.RunAsync(
            "UPDATE invitation SET uses = uses - 1, used = used + 1 WHERE hash = $1 AND uses > 0 AND (expires IS NULL OR expires > $2)",
            cancellationToken, hash, StoredTime.Of(now)) > 0;

    public async ValueTask GiveBackAsync(string hash, CancellationToken cancellationToken = default)
        => await sql.RunAsync("UPDATE invitation SET uses = uses + 1, used = used - 1 WHERE hash = $1", cancellationToken, hash);

    public ValueTask<ServerInvitation?> RemoveAsync(long id, CancellationToken cancellationToken = default)
        => sql.ReturnAsync($"DELETE FROM invitation WHERE id = $1 RETURNING {Columns}", Read, cancellationToken, id);

    private static ServerInvitation Read(NpgsqlDataReader row) => new(row.GetString(1), row.TextAt(2), row.TimeAt(3), row.GetInt32(4))
    {
        Id = row.GetInt64(0),
        Used = row.GetInt32(5),
        Expires = row.OptionalTimeAt(6),
        Note = row.TextAt(7),
    };
}
