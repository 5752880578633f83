using Npgsql;
using NpgsqlTypes;
using Parley.Core.History;

namespace Parley.Storage.PostgreSql.Writing;

/// <summary>A batch whose connection was lost while it was committed: it is kept or it is not, and only the database knows.</summary>
/// <remarks>
/// The number of a transaction does not say it: a PostgreSQL that crashes forgets the numbers of those that it had not written to disk, and gives them to others,
/// so <c>pg_xact_status</c> may tell how another one ended (https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-PG-SNAPSHOT). Its row does.
/// </remarks>
/// <param name="Commit">What it was to be known by.</param>
/// <param name="Process">Process of the database that had it.</param>
/// <param name="Entries">The batch.</param>
internal sealed record DoubtfulBatch(CommitMark Commit, int Process, HistoryEntry[] Entries)
{
    private const int MaxLooks = 100;

    /// <summary>True if the batch is kept; over another connection, in the same database.</summary>
    /// <exception cref="TimeoutException">It is neither, and the process that has it does not end.</exception>
    public bool IsKept(NpgsqlConnection connection)
    {
        for (var look = 0; look < MaxLooks; look++)
        {
            if (!IsInProgress(connection))
            {
                return HasRow(connection);
            }

            // Its connection is lost, whether or not it has found out.
            using var end = new NpgsqlCommand(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = @process AND backend_xid = (@transaction::xid8)::xid;
                SELECT pg_sleep(0.05)
                """,
                connection);
            end.Parameters.AddWithValue("process", Process);
            end.Parameters.Add(new NpgsqlParameter("transaction", NpgsqlDbType.Text) { Value = Commit.Transaction });
            end.ExecuteNonQuery();
        }

        throw new TimeoutException("A batch is neither kept nor given up.");
    }

    /// <summary>The part of a batch that is left to be kept, if this one is: it was given again, alone or with more behind it, or it was not.</summary>
    public ReadOnlySpan<HistoryEntry> RestOf(ReadOnlySpan<HistoryEntry> batch)
    {
        if (batch.Length < Entries.Length)
        {
            return batch;
        }

        for (var i = 0; i < Entries.Length; i++)
        {
            if (batch[i].Room != Entries[i].Room || batch[i].Number != Entries[i].Number || batch[i].Kind != Entries[i].Kind
                || batch[i].Author != Entries[i].Author || !batch[i].Text.Span.SequenceEqual(Entries[i].Text.Span))
            {
                return batch;
            }
        }

        return batch[Entries.Length..];
    }

    private bool IsInProgress(NpgsqlConnection connection)
    {
        using var ask = new NpgsqlCommand("SELECT pg_xact_status(@transaction::xid8)", connection);
        ask.Parameters.Add(new NpgsqlParameter("transaction", NpgsqlDbType.Text) { Value = Commit.Transaction });
        try
        {
            return ask.ExecuteScalar() is "in progress";
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidParameterValue)
        {
            // A standby that never had it has taken over, or the database has crashed: the number is still to come.
            return false;
        }
    }

    private bool HasRow(NpgsqlConnection connection)
    {
        using var ask = new NpgsqlCommand("SELECT EXISTS (SELECT FROM message WHERE room = @room AND number = @number AND time = @time)", connection);
        ask.Parameters.AddWithValue("room", Commit.Room);
        ask.Parameters.AddWithValue("number", Commit.Number);
        ask.Parameters.AddWithValue("time", Commit.Time);
        return ask.ExecuteScalar() is true;
    }
}
