using System.Text;
using Npgsql;
using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Machine;

/// <summary>What the database says of a run: history, and by triggers of the run's own, who wrote each row under which term, and who was home when.</summary>
internal sealed class Audit(Database database)
{
    private const string Schema =
        """
        CREATE SCHEMA parley_check;
        CREATE TABLE parley_check.written (room bigint, number bigint, term bigint, writer text);
        CREATE TABLE parley_check.home (term bigint, node text);
        CREATE FUNCTION parley_check.note_written() RETURNS trigger LANGUAGE plpgsql AS
        $$
        BEGIN
            INSERT INTO parley_check.written SELECT room, number, (SELECT term FROM parley.fence), session_user FROM new_rows;
            RETURN NULL;
        END
        $$;
        CREATE TRIGGER note_written AFTER INSERT ON parley.message REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION parley_check.note_written();
        CREATE FUNCTION parley_check.note_home() RETURNS trigger LANGUAGE plpgsql AS
        $$
        BEGIN
            INSERT INTO parley_check.home SELECT NEW.term, name FROM parley_cluster.node WHERE generation = NEW.generation;
            RETURN NULL;
        END
        $$;
        CREATE TRIGGER note_home AFTER UPDATE ON parley_cluster.home FOR EACH ROW
            WHEN (NEW.generation IS NOT NULL AND (NEW.generation IS DISTINCT FROM OLD.generation OR NEW.term <> OLD.term)) EXECUTE FUNCTION parley_check.note_home();
        INSERT INTO parley_check.home SELECT term, name FROM parley_cluster.home JOIN parley_cluster.node USING (generation);
        """;

    /// <summary>Makes the triggers; MUST be done before anything is said.</summary>
    public Task InstallAsync() => database.ExecuteAsync(Schema);

    /// <summary>All that is in history.</summary>
    public Task<List<KeptMessage>> ReadKeptAsync() => database.ReadAsync(
        """
        SELECT r.key, m.number, m.kind, m.author, m.text, coalesce(w.term, -1), coalesce(w.writer, 'nobody known')
        FROM parley.message AS m JOIN parley.room AS r ON r.id = m.room LEFT JOIN parley_check.written AS w ON w.room = m.room AND w.number = m.number
        """,
        row => new KeptMessage(
            row.GetString(0) is { Length: > 0 } room ? $"#{room}" : "",
            row.GetInt64(1),
            (KeptKind)row.GetInt16(2),
            row.GetString(3),
            Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(4)),
            row.GetInt64(5),
            row.GetString(6)));

    /// <summary>All terms that began.</summary>
    public Task<List<HomeTerm>> ReadTermsAsync() => database.ReadAsync("SELECT term, node FROM parley_check.home", row => new HomeTerm(row.GetInt64(0), row.GetString(1)));

    /// <summary>Name of the node that is home; null for none.</summary>
    public async Task<string?> ReadHomeAsync()
        => (await TryReadAsync("SELECT node.name FROM parley_cluster.home JOIN parley_cluster.node USING (generation) WHERE node.state < 2")).FirstOrDefault();

    /// <summary>Names of nodes that take part and have given a sign of life within a second.</summary>
    public Task<List<string>> ReadLivingAsync() => TryReadAsync("SELECT name FROM parley_cluster.node WHERE state < 2 AND heartbeat > now() - interval '1 second'");

    /// <summary>Why nodes take part no more, of those that did not leave by themselves, in order.</summary>
    public Task<List<string>> ReadEndsAsync()
        => database.ReadAsync("SELECT name || ' (' || generation || '): ' || coalesce(end_reason, '') FROM parley_cluster.node WHERE state = 3 ORDER BY generation", Text);

    private static string Text(NpgsqlDataReader row) => row.GetString(0);

    /// <summary>Reads texts; none where there are no such tables yet.</summary>
    private async Task<List<string>> TryReadAsync(string sql)
    {
        try
        {
            return await database.ReadAsync(sql, Text);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return [];
        }
    }
}
