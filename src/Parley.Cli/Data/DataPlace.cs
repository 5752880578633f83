using Parley.Storage.PostgreSql;

namespace Parley.Cli.Data;

/// <summary>Where a server keeps its data.</summary>
/// <param name="Directory">Its data directory; null for none.</param>
/// <param name="Database">The database that has everything but uploaded files; null if the directory has it all.</param>
internal sealed record DataPlace(string? Directory, DatabaseAddress? Database);
