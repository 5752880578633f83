using Parley.Cli.Data;
using Parley.Core.Accounts;
using Parley.Core.Files;
using Parley.Core.Moderation;
using Parley.Server.Accounts;

namespace Parley.Cli.Accounts;

/// <summary>Runs one of the account verbs, and says what went wrong.</summary>
internal static class AccountCommand
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int Interrupted = 130;

    /// <summary>Opens a server's accounts, does something with them, and gives the exit code.</summary>
    /// <param name="place">Where the server keeps them.</param>
    /// <param name="action">Gives what to print, or throws an <see cref="AccountInputException"/>.</param>
    /// <param name="create">Whether to begin with accounts where there are none.</param>
    /// <param name="isChange">Whether it changes something, which is recorded with what it prints.</param>
    public static async Task<int> RunAsync(DataPlace place, Func<AccountService, Task<string>> action, bool create = false, bool isChange = false)
    {
        try
        {
            await using var accounts = OperatorAccounts.Open(place, create);
            var text = await action(accounts.Service);
            if (isChange)
            {
                // How many entries stay is the server's to say.
                var entry = new AuditEntry(TimeProvider.System.GetUtcNow(), Environment.UserName, "account") { Reason = text.Trim() };
                await accounts.Audit.AppendAsync([entry], keep: int.MaxValue);
            }

            await Console.Out.WriteAsync(text);
            return Done;
        }
        catch (Exception e) when (e is AccountStoreException or AccountInputException or FileStoreException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
    }

    /// <summary>Ends the verb with what the service refused for.</summary>
    public static void Require(AccountRefusal? refusal)
    {
        if (refusal is not null)
        {
            throw new AccountInputException(refusal.Reason);
        }
    }
}
