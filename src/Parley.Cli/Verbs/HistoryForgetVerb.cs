using System.CommandLine;
using Parley.Cli.History;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Core.Text;
using Parley.Storage.Files;
using Parley.Storage.Sqlite;

namespace Parley.Cli.Verbs;

/// <summary><c>parley history forget</c>: removes what one person wrote and uploaded.</summary>
internal static class HistoryForgetVerb
{
    public static Command Create(DataOption data, Option<bool> json)
    {
        var name = new Argument<UserName>("NAME")
        {
            Description = "The author, in any case",
            CustomParser = result =>
            {
                if (!UserName.TryParse(result.Tokens[0].Value, out var user))
                {
                    result.AddError($"'{result.Tokens[0].Value}' is not the name of a user");
                }

                return user;
            },
        };
        var yes = new Option<bool>("--yes") { Description = "Do it: there is no way back but a backup" };
        var command = new Command("forget", "Remove all that one person wrote, in rooms and direct, with the files that go with it and those of the account") { name, yes };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(yes))
            {
                result.AddError("This removes messages for good: add --yes");
            }
        });
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var (directory, author) = (data.Of(arguments), arguments.GetValue(name));
            try
            {
                return Forget(directory, author, await OwnerOfAsync(author, directory, cancellationToken), arguments.GetValue(json));
            }
            catch (AccountStoreException e)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return 1;
            }
        });
        return command;
    }

    private static int Forget(string directory, UserName author, Identity? owner, bool isJson) => HistoryCommand.Run(directory, isJson, (admin, output) =>
    {
        var files = DiskFileAdmin.Open(directory);
        var removedFiles = owner is { } account ? files.RemoveOf(account) : 0;
        var removed = admin.Forget(author, (file, writer) => removedFiles += files.Remove(file, writer) ? 1 : 0);
        output.Write(
            new ForgottenMessages(removed, removedFiles),
            HistoryJson.Lines.ForgottenMessages,
            [$"{Counted.Of(removed, "message")} removed", .. removedFiles > 0 ? [$"{Counted.Of(removedFiles, "file")} removed"] : Array.Empty<string>()]);
        return true;
    });

    /// <summary>The account of a name; null if there is none.</summary>
    private static async Task<Identity?> OwnerOfAsync(UserName name, string directory, CancellationToken cancellationToken)
    {
        if (!SqliteAccountStore.IsIn(directory))
        {
            return null;
        }

        await using var store = SqliteAccountStore.OpenBesideServer(directory, create: false);
        return await store.FindAsync(name, cancellationToken) is { Account: var account } ? Identity.Of(account.Id) : null;
    }
}
