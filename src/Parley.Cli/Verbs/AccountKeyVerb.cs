using System.CommandLine;
using Parley.Cli.Accounts;
using Parley.Cli.Admin;
using Parley.Cli.Terminal;
using Parley.Cli.Tokens;
using Parley.Server.Admin;
using Parley.Server.Options;

namespace Parley.Cli.Verbs;

/// <summary><c>parley account key</c>: which keys of SSH log in to which accounts, and what sshd asks about them.</summary>
internal static class AccountKeyVerb
{
    /// <summary>The verb with its own verbs, for that of accounts.</summary>
    public static Command Create(DataOption data, string examples)
    {
        var command = new Command("key", "The keys of SSH that somebody logs in with, where sshd opens the chat") { Add(data), List(data), Remove(data), Authorized() };
        ExamplesHelpAction.AddTo(command, examples);
        return command;
    }

    private static Command Add(DataOption data)
    {
        var (name, key) = (AccountVerb.NameArgument(), KeyArgument("FILE|KEY", "The public key, or the file that has it, such as id_ed25519.pub"));
        var command = new Command("add", "Let whoever has a key log in") { name, key };
        command.SetAction((arguments, cancellationToken) => AccountCommand.RunAsync(data.PlaceOf(arguments), async accounts =>
        {
            var user = await AccountVerb.ExistingAsync(accounts, arguments.GetValue(name), cancellationToken);
            var added = SshKeyInput.Read(arguments.GetValue(key)!);
            return await accounts.Store.AddSshKeyAsync(user, added, cancellationToken)
                ? $"{user} logs in with {added}\n"
                : throw new AccountInputException($"{(await accounts.Store.FindBySshKeyAsync(added, cancellationToken))?.Name.Value} has this key already");
        }));
        return command;
    }

    private static Command List(DataOption data)
    {
        var name = AccountVerb.NameArgument();
        var command = new Command("list", "Say which keys an account has") { name };
        command.SetAction((arguments, cancellationToken) => AccountCommand.RunAsync(data.PlaceOf(arguments), async accounts =>
        {
            var user = await AccountVerb.ExistingAsync(accounts, arguments.GetValue(name), cancellationToken);
            return string.Concat((await accounts.Store.ListSshKeysAsync(user, cancellationToken)).Select(key => $"{key}\n"));
        }));
        return command;
    }

    private static Command Remove(DataOption data)
    {
        var (name, key) = (AccountVerb.NameArgument(), KeyArgument("FINGERPRINT|FILE|KEY", "The key, or its fingerprint as the list has it"));
        var command = new Command("remove", "Take a key away") { name, key };
        command.SetAction((arguments, cancellationToken) => AccountCommand.RunAsync(data.PlaceOf(arguments), async accounts =>
        {
            var user = await AccountVerb.ExistingAsync(accounts, arguments.GetValue(name), cancellationToken);
            var removed = SshKeyInput.ReadOrFingerprint(arguments.GetValue(key)!);
            if (!await accounts.Store.RemoveSshKeyAsync(user, removed, cancellationToken))
            {
                throw new AccountInputException($"{user} does not have this key");
            }

            await AccountVerb.LogOutAsync(accounts, user, data, arguments, cancellationToken);
            return $"{user} no longer logs in with {removed.Fingerprint}\n";
        }, isChange: true));
        return command;
    }

    /// <summary>The program of sshd's <c>AuthorizedKeysCommand</c>: https://man.openbsd.org/sshd_config#AuthorizedKeysCommand.</summary>
    private static Command Authorized()
    {
        var server = new AdminOption();
        var (algorithm, key) = (new Argument<string>("TYPE") { Description = "The type of the key that is offered (%t)" }, new Argument<string>("KEY") { Description = "The key in base64 (%k)" });
        var command = new Command("authorized", "Answer sshd, for its AuthorizedKeysCommand: the line of a key that some account has, else nothing") { algorithm, key };
        server.AddTo(command);
        command.SetAction((arguments, cancellationToken) => AnswerAsync(server, arguments, $"{arguments.GetValue(algorithm)} {arguments.GetValue(key)}", cancellationToken));
        return command;
    }

    /// <summary>Writes the line, or nothing for a key that no account has: sshd then goes on to its files.</summary>
    private static async Task<int> AnswerAsync(AdminOption server, ParseResult arguments, string key, CancellationToken cancellationToken)
    {
        try
        {
            using var client = await AdminClient.ConnectAsync(server.Of(arguments), cancellationToken);
            var answer = await client.AskAsync(new AdminRequest("ticket") { Text = key }, cancellationToken);
            if (answer is { Ticket: { } ticket, Accounts: [var account] })
            {
                await Console.Out.WriteLineAsync($"restrict,pty,environment=\"{ChatVerb.LoginVariable}={account.Name}\",environment=\"{ChatVerb.TicketVariable}={ticket}\" {key}");
                return ExitCode.Done;
            }

            return answer.Code is "UNKNOWN_KEY" or "INVALID_KEY" ? ExitCode.Done : TokenCommand.Fail(answer.Error ?? "The server gave no ticket: it may be older than this parley");
        }
        catch (Exception e) when (e is AdminException or SettingsException)
        {
            return TokenCommand.Fail(e.Message);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    private static Argument<string> KeyArgument(string name, string description) => new(name) { Description = description };
}
