using System.Globalization;
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

    /// <summary>Tells the server of a data directory that an account was made, so that no guest wears its name any more.</summary>
    public static Task SendAddedAsync(string directory, string? setting, UserName name, CancellationToken cancellationToken)
        => SendAsync(directory, setting, new AdminRequest(Added) { User = name.Value }, $"A guest may go on as {name}", cancellationToken);

    /// <summary>Tells the server of a data directory, if it runs; where one may be running that cannot be told, says so.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="setting">The server's setting for its socket; null for the default.</param>
    /// <param name="what">What has happened.</param>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static Task SendAsync(string directory, string? setting, string what, AccountId account, CancellationToken cancellationToken)
        => SendAsync(
            directory, setting, new AdminRequest(what) { Text = account.Value.ToString(CultureInfo.InvariantCulture) }, "Sessions of the account may go on", cancellationToken);

    private static async Task SendAsync(string directory, string? setting, AdminRequest request, string otherwise, CancellationToken cancellationToken)
    {
        if (AdminSocket.Of(setting ?? "default", directory) is not { } path)
        {
            return;
        }

        for (TimeSpan waited = TimeSpan.Zero; ; waited += Pause)
        {
            // A server that goes makes the one that comes wait a moment for the path.
            bool wasThere = File.Exists(path);
            try
            {
                using var client = await AdminClient.ConnectAsync(path, cancellationToken);
                await client.AskAsync(request, cancellationToken);
                return;
            }
            catch (AdminException) when (!wasThere && waited > Pause)
            {
                return;
            }
            catch (AdminException e) when (waited >= Patience)
            {
                await Console.Error.WriteLineAsync($"{otherwise}, as a server that may be running with {directory} was not told: {e.Message}");
                return;
            }
            catch (AdminException)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        }
    }
}
