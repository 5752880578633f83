using System.CommandLine;
using Parley.Cli.History;

namespace Parley.Cli.Verbs;

/// <summary><c>parley history move</c>: takes a history from one store to another, which goes on where the first has ended.</summary>
internal static class HistoryMoveVerb
{
    private const string Examples =
        """
        parley history move --from /var/lib/parley --to postgres://parley:secret@db/chat     into a database
        parley history move --from postgres://parley:secret@db/chat --to /srv/parley         back into a file

        Messages alone; parley move takes everything. The second store has to be empty, or to have what an interrupted attempt has left: then it goes on
        from there. The first store keeps all it has. Stop the servers that use them.
        Exit code: 0 done, 1 one of them cannot be used, 2 wrong arguments, 130 Ctrl+C.
        """;

    public static Command Create(Option<bool> json)
    {
        var stores = new MoveStores();
        var command = new Command("move", "Take all messages from one store to another: a data directory, or a PostgreSQL database");
        stores.AddTo(command);
        ExamplesHelpAction.AddTo(command, Examples);
        command.SetAction(arguments => HistoryCommand.Move(
            () => stores.OpenHistory(arguments), () => stores.OpenTargetHistory(arguments), arguments.GetValue(json)));
        return command;
    }
}
