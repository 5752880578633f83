using Parley.Cli.Data;
using Parley.Core.Accounts;
using Parley.Core.Hooks;
using Parley.Core.Tokens;
using Parley.Storage.PostgreSql;
using Parley.Storage.Sqlite.Tokens;

namespace Parley.Cli.Tokens;

/// <summary>Tokens and web hooks of a server as an operator's command uses them, whether or not a server is running.</summary>
/// <param name="Tokens">The tokens.</param>
/// <param name="Hooks">The hooks.</param>
/// <param name="Owner">Ends with the command.</param>
internal sealed record OperatorTokens(ITokenStore Tokens, IHookStore Hooks, IAsyncDisposable? Owner) : IAsyncDisposable
{
    /// <summary>Opens them.</summary>
    /// <param name="place">Where they are.</param>
    /// <param name="create">Whether to make a file where there is none.</param>
    /// <exception cref="AccountStoreException">The database cannot be used.</exception>
    public static OperatorTokens Open(DataPlace place, bool create)
    {
        if (place.Database is { } address)
        {
            var database = PostgreSqlDatabase.Open(address);
            return new OperatorTokens(database.Tokens, database.Hooks, database);
        }

        var file = create ? SqliteTokens.OpenOrCreate(place.Directory!) : SqliteTokens.Watch(place.Directory!);
        return new OperatorTokens(file.Tokens, file.Hooks, new Closing(file));
    }

    public ValueTask DisposeAsync() => Owner?.DisposeAsync() ?? ValueTask.CompletedTask;

    private sealed class Closing(IDisposable file) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            file.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
