using Parley.Cli.Data;
using Parley.Core.History;
using Parley.Server.Options;
using Parley.Storage.PostgreSql;
using Parley.Storage.Sqlite;

namespace Parley.Cli.Serve;

/// <summary>Where a server's settings say that history is kept.</summary>
internal static class HistoryOption
{
    /// <summary>Form of the setting, for errors.</summary>
    public const string Form = $"{InDataDirectory}, or {DatabaseAddress.Form}";

    private const string InDataDirectory = "data";

    /// <summary>True if the setting has that form.</summary>
    public static bool IsForm(string setting) => IsInDataDirectory(setting) || DatabaseAddress.TryParse(setting, out _);

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

        if (!IsInDataDirectory(options.HistoryStore))
        {
            return DatabaseAddress.TryParse(options.HistoryStore, out var address)
                ? PostgreSqlHistoryStore.Open(address)
                : throw new HistoryException($"history-store: this will not do: give {Form}");
        }

        if (database is not null)
        {
            return PostgreSqlHistoryStore.Open(database);
        }

        return DataDirectory.Of(options) is { } directory
            ? SqliteHistoryStore.Open(directory, new SqliteHistoryOptions { MaxBytes = options.HistoryMegabytes * 1024L * 1024 })
            : new MemoryHistoryStore();
    }

    private static bool IsInDataDirectory(string setting) => string.Equals(setting, InDataDirectory, StringComparison.OrdinalIgnoreCase);
}
