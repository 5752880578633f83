using Microsoft.Extensions.DependencyInjection;
using Parley.Cli.Data;
using Parley.Core.Accounts;
using Parley.Core.Files;
using Parley.Core.History;
using Parley.Core.Rooms;
using Parley.Server.Options;
using Parley.Storage.Files;
using Parley.Storage.PostgreSql;
using Parley.Storage.PostgreSql.Writing;
using Parley.Storage.Sqlite;
using Parley.Storage.Sqlite.Tokens;

namespace Parley.Cli.Serve;

/// <summary>All that a server keeps, where its settings say: in memory, in its data directory, or in a database.</summary>
internal sealed class ServerStores : IAsyncDisposable
{
    private readonly List<object> _opened = [];
    private readonly List<Action<IServiceCollection>> _services = [];

    /// <summary>History, whose owner is the server from its start on; null if there is to be none.</summary>
    public IHistoryStore? History { get; private set; }

    /// <summary>Accounts, whose owner is the server from its start on.</summary>
    public IAccountStore Accounts { get; private set; } = null!;

    /// <summary>Opens all of it, or nothing.</summary>
    /// <exception cref="HistoryException">History cannot be opened.</exception>
    /// <exception cref="AccountStoreException">Accounts cannot be opened.</exception>
    /// <exception cref="RoomRegistryException">Registered rooms cannot be opened.</exception>
    /// <exception cref="FileStoreException">Uploaded files cannot be opened.</exception>
    /// <param name="options">The server's settings.</param>
    /// <param name="database">The database that everything is kept in; null for the data directory.</param>
    /// <param name="isNode">Whether the server is a node of a cluster, which writes to history and rooms only as home.</param>
    public static async Task<ServerStores> OpenAsync(ParleyOptions options, DatabaseAddress? database, bool isNode)
    {
        var stores = new ServerStores();
        try
        {
            var directory = DataDirectory.Of(options);
            stores.History = stores.Opened(isNode ? PostgreSqlHistoryStore.Open(database!, WriteFence.ReadOnly) : HistoryOption.Open(options, database));
            if (database is not null)
            {
                stores.OpenDatabase(database, isNode);
            }
            else if (directory is not null)
            {
                stores.OpenDirectory(directory);
            }
            else
            {
                stores.Accounts = new MemoryAccountStore();
            }

            if (options.Files != FilePolicy.Off && directory is not null)
            {
                var files = DiskFileStore.Open(directory);
                stores._services.Add(services => services.AddSingleton<IFileStore>(files).AddSingleton<IPictureEditor, SkiaPictureEditor>());
            }

            return stores;
        }
        catch
        {
            await stores.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives a server what it keeps beside history and accounts.</summary>
    public void AddTo(IServiceCollection services) => _services.ForEach(add => add(services));

    /// <summary>Closes what was opened, the last first. What the server owned is closed by then.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var store in Enumerable.Reverse(_opened))
        {
            if (store is IAsyncDisposable asynchronous)
            {
                await asynchronous.DisposeAsync();
            }
            else
            {
                ((IDisposable)store).Dispose();
            }
        }

        _opened.Clear();
    }

    private void OpenDirectory(string directory)
    {
        Accounts = Opened(SqliteAccountStore.Open(directory));
        IRoomRegistry rooms = Opened(SqliteRoomRegistry.Open(directory));
        var tokens = Opened(SqliteTokens.Watch(directory));
        _services.Add(services => services
            .AddSingleton(rooms).AddSingleton(tokens.Tokens).AddSingleton(tokens.Answers).AddSingleton(tokens.Hooks));
    }

    private void OpenDatabase(DatabaseAddress address, bool isNode)
    {
        var database = Opened(PostgreSqlDatabase.Open(address));
        Accounts = database.Accounts;
        if (!isNode)
        {
            var rooms = Opened(database.OpenRooms());

            // A second server, and rooms that cannot be read, are found out before anybody comes.
            rooms.Load();
            _services.Add(services => services.AddSingleton(rooms));
        }

        _services.Add(services => services
            .AddSingleton(database).AddSingleton(database.MailCodes).AddSingleton(database.Invitations).AddSingleton(database.Devices)
            .AddSingleton(database.Passkeys).AddSingleton(database.Pushes).AddSingleton(database.Bans).AddSingleton(database.Audit)
            .AddSingleton(database.Tokens).AddSingleton(database.Answers).AddSingleton(database.Hooks).AddSingleton(database.Changes));
    }

    private T Opened<T>(T store)
    {
        if (store is not null)
        {
            _opened.Add(store);
        }

        return store;
    }
}
