using System.CommandLine;
using Parley.Cli.Moving;
using Parley.Cli.Terminal;
using Parley.Cli.Tokens;
using Parley.Core.Accounts;
using Parley.Core.History;
using Parley.Core.Text;

namespace Parley.Cli.Verbs;

/// <summary><c>parley move</c>: takes all that a server keeps from files to a database, or back.</summary>
internal static class MoveVerb
{
    private const string Examples =
        """
        parley move --from /var/lib/parley --to postgres://parley:secret@db/chat     then: parley serve --database postgres://...
        parley move --from postgres://parley:secret@db/chat --to /srv/parley         then: parley serve --data /srv/parley

        History, accounts with all that belongs to them, bans, registered rooms, tokens and web hooks. Uploaded files stay where they are.
        Stop the servers that use the stores. The second one has to be empty, or to have what an interrupted attempt has left: then it goes on
        from there. The first one keeps all it has.
        Exit code: 0 done, 1 not done, 2 wrong arguments, 130 Ctrl+C.
        """;

    public static Command Create()
    {
        var stores = new MoveStores();
        var json = new Option<bool>("--json") { Description = "Write JSON, for programs" };
        var command = new Command("move", "Take all data from one store to another: a data directory, or a PostgreSQL database") { json };
        stores.AddTo(command);
        ExamplesHelpAction.AddTo(command, Examples);
        command.SetAction(arguments =>
        {
            try
            {
                using var source = stores.OpenAccounts(arguments);
                using var history = stores.FindHistory(arguments);
                using var target = stores.OpenTargetAccounts(arguments);
                using var progress = ProgressLine.OnStandardError();
                var moved = DataMove.Run(source, target, history, () => stores.OpenTargetHistory(arguments), TimeProvider.System.GetUtcNow(), progress);
                progress.Clear();
                Show(moved, arguments.GetValue(json));
                return ExitCode.Done;
            }
            catch (Exception e) when (e is AccountStoreException or HistoryException)
            {
                return TokenCommand.Fail(e.Message);
            }
        });
        return command;
    }

    private static void Show(MovedData moved, bool isJson)
    {
        if (isJson)
        {
            TokenCommand.WriteJson(moved, ResultJson.Lines.MovedData);
            return;
        }

        string[] things =
        [
            Counted.Of(moved.Accounts, "account"), Counted.Of(moved.Rooms, "registered room"), Counted.Of(moved.Bans, "ban"), Counted.Of(moved.Tokens, "token"),
            Counted.Of(moved.Hooks, "web hook"), $"{Counted.Of(moved.Messages, "message")}{(moved.MessagesPresent > 0 ? $" ({moved.MessagesPresent} there already)" : "")}",
        ];
        Console.Out.WriteLine($"{moved.To} has {string.Join(", ", things[..^1])} and {things[^1]} now");
    }
}
