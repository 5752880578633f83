using System.Globalization;
using Parley.Cli.Data;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Server.Admin;

namespace Parley.Cli.Admin;

/// <summary>Tells a running server that an account was made or removed beside it, given another password, or that a way in was taken from it. A server that is not there finds out at its start.</summary>
internal static class AccountNotice
{
    public const string Removed = "account-removed";

    public const string PasswordChanged = "password-changed";

    public const string ProofRemoved = "proof-removed";

    private const string Added = "account-added";

    /// <summary>Time that a server may take that is not to be asked at the moment, as one that hands its connections over to another.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Tells the server that keeps its data in a place that an account was made, so that no guest wears its name any more.</summary>
    public static Task SendAddedAsync(DataPlace place, string? setting, UserName name, CancellationToken cancellationToken)
        => SendAsync(place with { Database = null }, setting, new AdminRequest(Added) { User = name.Value }, $"A guest may go on as {name}", cancellationToken);

    /// <summary>
    /// Tells the server that keeps its data in a place, if it runs; where one may be running that was not told, says so on standard error. That is so for a database
    /// whenever none was told: servers on any machine may use it.
    /// </summary>
    /// <param name="place">Where the data is.</param>
    /// <param name="setting">The server's setting for its socket; null for the default.</param>
    /// <param name="what">What has happened.</param>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static Task SendAsync(DataPlace place, string? setting, string what, AccountId account, CancellationToken cancellationToken)
        => SendAsync(
            place, setting, new AdminRequest(what) { Text = account.Value.ToString(CultureInfo.InvariantCulture) }, "Sessions of the account may go on", cancellationToken);

    private static async Task SendAsync(DataPlace place, string? setting, AdminRequest request, string otherwise, CancellationToken cancellationToken)
    {
        var path = AdminSocket.Of(setting is { Length: > 0 } ? setting : "default", place.Directory);
        var (wasTold, fault) = path is null ? (false, "") : await TellAsync(path, request, cancellationToken);
        if (wasTold)
        {
            return;
        }

        if (place.Database is { } database)
        {
            var why = fault.Length > 0 ? fault : path is null ? "the settings here name no socket of one" : $"none answers at {path}";
            await Console.Error.WriteLineAsync(
                $"{otherwise}, as no server of {database} was told ({why}): restart a server that has not ended them, and next time name its socket, as PARLEY_ADMIN or \"admin\" of its settings file (--config)");
        }
        else if (fault.Length > 0)
        {
            await Console.Error.WriteLineAsync($"{otherwise}, as a server that may be running with {place.Directory ?? path} was not told: {fault}");
        }
    }

    /// <summary>True if the server at a socket has answered; else why it could not be asked, which is empty where there is none.</summary>
    private static async Task<(bool WasTold, string Fault)> TellAsync(string path, AdminRequest request, CancellationToken cancellationToken)
    {
        for (TimeSpan waited = TimeSpan.Zero; ; waited += Pause)
        {
            // A server that goes makes the one that comes wait a moment for the path.
            bool wasThere = File.Exists(path);
            try
            {
                using var client = await AdminClient.ConnectAsync(path, cancellationToken);
                await client.AskAsync(request, cancellationToken);
                return (true, "");
            }
            catch (AdminException) when (!wasThere && waited > Pause)
            {
                return (false, "");
            }
            catch (AdminException e) when (waited >= Patience)
            {
                return (false, e.Message);
            }
            catch (AdminException)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        }
    }
}
