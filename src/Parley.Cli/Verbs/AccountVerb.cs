using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Parley.Cli.Accounts;
using Parley.Cli.Admin;
using Parley.Cli.Chat.Screen.Text;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Server.Accounts;
using Parley.Storage.Files;

namespace Parley.Cli.Verbs;

/// <summary><c>parley account</c>: what an operator does to people's accounts, beside a running server.</summary>
public static class AccountVerb
{
    private const string Examples =
        """
        parley account add ann --email ann@example.org     asks for the password, and does not show it
        pass show chat/ann | parley account add ann        the password is the first line of standard input
        parley account list                                name, day and e-mail address, one a line
        parley account password ann                        set another password
        parley account certificate add ann ann.pem         ann logs in with this certificate, too (SASL EXTERNAL)
        parley account certificate add ann BA:78:16:BF...  the same, by its SHA-256 fingerprint
        parley account certificate list ann                fingerprints, one a line
        parley account identity add ann https://id.example.org 248289761001    ann logs in with tokens of that provider, too
        parley account identity list ann                   providers and subjects, one a line
        parley account key add ann ann.pub                 ann comes in through sshd with this key: docs/operations/ssh.md
        parley account key list ann                        fingerprints and comments, one a line
        parley account operator ann helper                 ann becomes an operator on IRC by OPER ann, with the rights of that class
        parley account operator ann none                   not from now on
        parley account remove ann --yes                    the account, its certificates, keys, files and what its clients left
        parley account list --data /srv/parley             another server's

        All of it works while a server runs. Another password, and a certificate, key or identity that is removed, log everybody out of the account; an
        account that is removed ends its sessions. The server is told by its socket: PARLEY_ADMIN, "admin" in parley.json, admin.sock in the directory.
        The directory is found as parley serve finds its own: --data, PARLEY_DATA, "data" in parley.json (or the file that
        --config names), the default.
        parley serve --accounts closed leaves making accounts to you.
        Exit code: 0 done, 1 it cannot be done, 2 wrong arguments, 130 Ctrl+C.
        """;

    /// <summary>The verb with its own verbs, for the root command.</summary>
    public static Command Create()
    {
        var data = new DataOption();
        var certificate = new Command("certificate", "The certificates that somebody logs in with")
        {
            AddCertificate(data), ListCertificates(data), RemoveCertificate(data),
        };
        ExamplesHelpAction.AddTo(certificate, Examples);
        var command = new Command("account", "Look after people's accounts: add, list, remove, passwords, certificates, identities, keys")
        {
            Add(data), List(data), Remove(data), Password(data), Operator(data), certificate, AccountIdentityVerb.Create(data, Examples), AccountKeyVerb.Create(data, Examples),
        };
        data.AddTo(command);
        ExamplesHelpAction.AddTo(command, Examples);
        return command;
    }

    private static Command Add(DataOption data)
    {
        var name = NameArgument();
        var email = new Option<string?>("--email") { HelpName = "ADDRESS", Description = "Where its owner can be reached" };
        var command = new Command("add", "Make an account") { name, email };
        command.SetAction((arguments, cancellationToken) => AccountCommand.RunAsync(
            data.PlaceOf(arguments),
            async accounts =>
            {
                var user = arguments.GetValue(name);
                if (await accounts.Store.FindAsync(user, cancellationToken) is not null)
                {
                    throw new AccountInputException($"There is an account {user} already: choose another name");
                }

                var password = PasswordInput.Read();
                AccountCommand.Require(await accounts.RegisterAsync(user, password, arguments.GetValue(email), cancellationToken));
                await AccountNotice.SendAddedAsync(data.PlaceOf(arguments), data.Look(arguments, "admin"), user, cancellationToken);
                return $"{user} added\n";
            },
            create: true, isChange: true));
        return command;
    }

    private static Command List(DataOption data)
    {
        var json = new Option<bool>("--json") { Description = "Write JSON, an object a line, for programs" };
        var command = new Command("list", "Say which accounts there are") { json };
        command.SetAction((arguments, cancellationToken) => AccountCommand.RunAsync(data.PlaceOf(arguments), async accounts =>
            string.Concat((await accounts.Store.ListAsync(cancellationToken)).Select(account => arguments.GetValue(json)
                ? JsonSerializer.Serialize(new ListedAccount(account.Name.Value, account.Created, account.Email), ResultJson.Lines.ListedAccount) + "\n"
                : string.Create(CultureInfo.InvariantCulture, $"{account.Name.Value}{new string(' ', Math.Max(0, 20 - CellText.WidthOf(account.Name.Value)))} {account.Created.UtcDateTime:yyyy-MM-dd} {account.Email ?? "-"}\n")))));
        return command;
    }

    private static Command Remove(DataOption data)
    {
        var name = NameArgument();
        var yes = new Option<bool>("--yes") { Description = "Do it: there is no way back but a backup" };
        var command = new Command("remove", "Remove an account with its files, which frees its name") { name, yes };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(yes))
            {
                result.AddError("This removes an account for good: add --yes");
            }
        });
        command.SetAction((arguments, cancellationToken) => AccountCommand.RunAsync(data.PlaceOf(arguments), async accounts =>
        {
            var user = arguments.GetValue(name);
            var account = await accounts.FindAsync(user, cancellationToken) ?? throw NoSuchAccount(user);

            // Before: if that fails, it can be tried again by the name. After: until then its owner may have uploaded more.
            var directory = data.PlaceOf(arguments).Directory;
            var files = directory is null ? null : DiskFileAdmin.Open(directory);
            var removed = files?.RemoveOf(Identity.Of(account.Id)) ?? 0;
            if (!await accounts.Store.DeleteAsync(user, cancellationToken))
            {
                throw NoSuchAccount(user);
            }

            await AccountNotice.SendAsync(data.PlaceOf(arguments), data.Look(arguments, "admin"), AccountNotice.Removed, account.Id, cancellationToken);
            removed += files?.RemoveOf(Identity.Of(account.Id)) ?? 0;
            return removed switch
            {
                0 => $"{user} removed\n",
                1 => $"{user} removed, with a file\n",
                _ => $"{user} removed, with {removed} files\n",
            };
        }, isChange: true));
        return command;
    }

    private static Command Password(DataOption data)
    {
        var name = NameArgument();
        var command = new Command("password", "Set another password") { name };
        command.SetAction((arguments, cancellationToken) => AccountCommand.RunAsync(data.PlaceOf(arguments), async accounts =>
        {
            var account = await accounts.FindAsync(arguments.GetValue(name), cancellationToken) ?? throw NoSuchAccount(arguments.GetValue(name));
            AccountCommand.Require(await accounts.ChangePasswordAsync(account.Name, PasswordInput.Read(), cancellationToken));
            await AccountNotice.SendAsync(data.PlaceOf(arguments), data.Look(arguments, "admin"), AccountNotice.PasswordChanged, account.Id, cancellationToken);
            return $"{account.Name} has another password\n";
        }, isChange: true));
        return command;
    }

    private static Command Operator(DataOption data)
    {
        var name = NameArgument();
        var className = new Argument<string?>("CLASS")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "A class of the file that --operators names, all, or none; without one, the class that it has is shown",
        };
        className.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var word }] && (word.Length is 0 or > 63 || word.Any(character => char.IsWhiteSpace(character) || char.IsControl(character))))
            {
                result.AddError("A class is one word of at most 63 characters");
            }
        });
        var command = new Command("operator", "Say what an account's owner may do as an operator of the server") { name, className };
        command.SetAction((arguments, cancellationToken) => AccountCommand.RunAsync(data.PlaceOf(arguments), async accounts =>
        {
            var account = await accounts.FindAsync(arguments.GetValue(name), cancellationToken) ?? throw NoSuchAccount(arguments.GetValue(name));
            if (arguments.GetValue(className) is { } word)
            {
                await accounts.Store.SetValueAsync(account.Id, OperatorClass.Kind, OperatorClass.Key, word == "none" ? null : word, cancellationToken);
                if (!OperatorClasses.Has(word, data.Look(arguments, "operators")))
                {
                    await Console.Error.WriteLineAsync($"There is no class {word} in the file of operators that the settings name: until there is one, {account.Name} has no rights by it");
                }
            }

            return await accounts.Store.GetValueAsync(account.Id, OperatorClass.Kind, OperatorClass.Key, cancellationToken) is { } now
                ? $"{account.Name} is an operator of the class {now}\n" : $"{account.Name} is no operator\n";
        }, isChange: arguments.GetValue(className) is not null));
        return command;
    }

    private static Command AddCertificate(DataOption data)
    {
        var name = NameArgument();
        var certificate = CertificateArgument();
        var command = new Command("add", "Let whoever has a certificate log in") { name, certificate };
        command.SetAction((arguments, cancellationToken) => AccountCommand.RunAsync(data.PlaceOf(arguments), async accounts =>
        {
            var user = await ExistingAsync(accounts, arguments.GetValue(name), cancellationToken);
            var fingerprint = CertificateInput.Read(arguments.GetValue(certificate)!);
            return await accounts.Store.AddCertificateAsync(user, fingerprint, cancellationToken)
                ? $"{user} logs in with {fingerprint}\n"
                : throw new AccountInputException(
                    $"{(await accounts.Store.FindByCertificateAsync(fingerprint, cancellationToken))?.Name.Value} has this certificate already");
        }, isChange: true));
        return command;
    }

    private static Command ListCertificates(DataOption data)
    {
        var name = NameArgument();
        var command = new Command("list", "Say which certificates an account has") { name };
        command.SetAction((arguments, cancellationToken) => AccountCommand.RunAsync(data.PlaceOf(arguments), async accounts =>
        {
            var user = await ExistingAsync(accounts, arguments.GetValue(name), cancellationToken);
            return string.Concat((await accounts.Store.ListCertificatesAsync(user, cancellationToken)).Select(fingerprint => $"{fingerprint}\n"));
        }));
        return command;
    }

    private static Command RemoveCertificate(DataOption data)
    {
        var name = NameArgument();
        var certificate = CertificateArgument();
        var command = new Command("remove", "Take a certificate away") { name, certificate };
        command.SetAction((arguments, cancellationToken) => AccountCommand.RunAsync(data.PlaceOf(arguments), async accounts =>
        {
            var user = await ExistingAsync(accounts, arguments.GetValue(name), cancellationToken);
            var fingerprint = CertificateInput.Read(arguments.GetValue(certificate)!);
            if (!await accounts.Store.RemoveCertificateAsync(user, fingerprint, cancellationToken))
            {
                throw new AccountInputException($"{user} does not have this certificate");
            }

            await LogOutAsync(accounts, user, data, arguments, cancellationToken);
            return $"{user} no longer logs in with {fingerprint}\n";
        }, isChange: true));
        return command;
    }

    /// <summary>Logs out all that may have come in by a way that was taken away: its sessions, and the tokens that they have made.</summary>
    internal static async Task LogOutAsync(AccountService accounts, UserName name, DataOption data, ParseResult arguments, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(name, cancellationToken) is not { } account)
        {
            return;
        }

        await accounts.ForgetAsync(account.Id, cancellationToken);
        await AccountNotice.SendAsync(data.PlaceOf(arguments), data.Look(arguments, "admin"), AccountNotice.ProofRemoved, account.Id, cancellationToken);
    }

    /// <summary>The name as its owner spells it.</summary>
    internal static async Task<UserName> ExistingAsync(AccountService accounts, UserName name, CancellationToken cancellationToken) =>
        (await accounts.Store.FindAsync(name, cancellationToken))?.Account.Name ?? throw NoSuchAccount(name);

    private static AccountInputException NoSuchAccount(UserName name) => new($"There is no account {name}: parley account list says which there are");

    private static Argument<string> CertificateArgument() => new("FINGERPRINT|FILE")
    {
        Description = "The SHA-256 fingerprint, or a file with the certificate",
    };

    internal static Argument<UserName> NameArgument() => new("NAME")
    {
        Description = "The account, in any case",
        CustomParser = result =>
        {
            if (!UserName.TryParse(result.Tokens[0].Value, out var user))
            {
                result.AddError($"'{result.Tokens[0].Value}' is not the name of a user: give {UserName.Form}");
            }

            return user;
        },
    };
}
