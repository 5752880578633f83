using Npgsql;
using NpgsqlTypes;
using Parley.Core.History;

namespace Parley.Storage.PostgreSql.Writing;

/// <summary>A batch whose connection was lost while it was committed: it is kept or it is not, and only the database knows.</summary>
/// <param name="Transaction">Number of its transaction.</param>
/// <param name="Process">Process of the database that had it.</param>
/// <param name="Entries">The batch.</param>
internal sealed record DoubtfulBatch(string Transaction, int Process, HistoryEntry[] Entries)
{
    private const int MaxLooks = 100;

    /// <summary>True if the batch is kept; over another connection, in the same database.</summary>
    /// <exception cref="TimeoutException">It is neither, and the process that has it does not end.</exception>
    public bool IsKept(NpgsqlConnection connection)
    {
        for (var look = 0; look < MaxLooks; look++)
        {
            switch (Status(connection))
            {
                case "committed":
                    return true;
                case "in progress":
                    // Its connection is lost, whether or not it has found out.
                    using (var end = new NpgsqlCommand("SELECT pg_terminate_backend(@process), pg_sleep(0.05)", connection))
                    {
                        end.Parameters.AddWithValue("process", Process);
                        end.ExecuteNonQuery();
                    }

                    break;
                default:
                    return false;
            }
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

    private string? Status(NpgsqlConnection connection)
    {
        using var ask = new NpgsqlCommand("SELECT pg_xact_status(@transaction::xid8)", connection);
        ask.Parameters.Add(new NpgsqlParameter("transaction", NpgsqlDbType.Text) { Value = Transaction });
        try
        {
            return ask.ExecuteScalar() as string;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidParameterValue)
        {
            // A standby has taken over that never had it: for it the number is still to come.
            return null;
        }
    }
}
