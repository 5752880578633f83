using Parley.Cli.Data;
using Parley.Core.History;
using Parley.Server.Options;
using Parley.Storage.PostgreSql;
using Parley.Storage.Sqlite;

namespace Parley.Cli.Serve;

/// <summary>Where a server's settings say that history is kept.</summary>
internal static class HistoryOption
{
    private const string InDataDirectory = "data";

    /// <summary>Opens it; null if there is to be none.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="database">The database that everything is kept in; null for the data directory.</param>
    /// <exception cref="HistoryException">It cannot be opened.</exception>
    public static IHistoryStore? Open(ParleyOptions options, DatabaseAddress? database)
    {
        if (!options.History)
        {
            return null;
        }

        if (!string.Equals(options.HistoryStore, InDataDirectory, StringComparison.OrdinalIgnoreCase))
        {
            return DatabaseAddress.TryParse(options.HistoryStore, out var address)
                ? PostgreSqlHistoryStore.Open(address)
                : throw new HistoryException($"history-store will not do: give {InDataDirectory}, or {DatabaseAddress.Form}");
        }

        if (database is not null)
        {
            return PostgreSqlHistoryStore.Open(database);
        }

        return DataDirectory.Of(options) is { } directory
            ? SqliteHistoryStore.Open(directory, new SqliteHistoryOptions { MaxBytes = options.HistoryMegabytes * 1024L * 1024 })
            : new MemoryHistoryStore();
    }
}
