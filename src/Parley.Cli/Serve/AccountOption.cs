using Parley.Cli.Data;
using Parley.Core.Accounts;
using Parley.Server.Options;
using Parley.Storage.Sqlite;

namespace Parley.Cli.Serve;

/// <summary>Where a server's settings say that accounts are kept.</summary>
internal static class AccountOption
{
    /// <summary>Opens it.</summary>
    /// <exception cref="AccountStoreException">It cannot be opened.</exception>
    public static IAccountStore Open(ParleyOptions options) => DataDirectory.Of(options) is { } directory
        ? SqliteAccountStore.Open(directory)
        : new MemoryAccountStore();
}
