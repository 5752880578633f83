using System.CommandLine;
using Parley.Cli.History;
using Parley.Core.History;
using Parley.Storage.PostgreSql;
using Parley.Storage.Sqlite.Admin;

namespace Parley.Cli.Verbs;

/// <summary><c>parley history move</c>: takes a history from one store to another, which goes on where the first has ended.</summary>
internal static class HistoryMoveVerb
{
    private const string Examples =
        """
        parley history move --from /var/lib/parley --to postgres://parley:secret@db/chat     into a database
        parley history move --from postgres://parley:secret@db/chat --to /srv/parley         back into a file

        Messages that are there already, by room and number, are left as they are, so it can be run again after it was interrupted.
        The first store keeps all it has. Stop the server that uses the second.
        Exit code: 0 done, 1 one of them cannot be used, 2 wrong arguments, 130 Ctrl+C.
        """;

    public static Command Create(Option<bool> json)
    {
        var from = StoreOption("--from", "The store to read");
        var to = StoreOption("--to", "The store to write, which is begun where it is missing");
        var command = new Command("move", "Take all messages from one store to another: a data directory, or a PostgreSQL database") { from, to };
        command.Validators.Add(result =>
        {
            if (result.GetValue(from) is { } source && source == result.GetValue(to))
            {
                result.AddError("--from and --to are the same: name two stores");
            }
        });
        ExamplesHelpAction.AddTo(command, Examples);
        command.SetAction(arguments => HistoryCommand.Move(
            () => Open(arguments.GetValue(from)!, create: false),
            () => Open(arguments.GetValue(to)!, create: true),
            arguments.GetValue(json)));
        return command;
    }

    private static IHistoryArchive Open(string store, bool create)
    {
        if (DatabaseAddress.TryParse(store, out var address))
        {
            return PostgreSqlHistoryAdmin.Open(address);
        }

        return create ? SqliteHistoryAdmin.OpenOrCreate(store) : SqliteHistoryAdmin.Open(store);
    }

    private static Option<string> StoreOption(string name, string description)
    {
        var option = new Option<string>(name) { HelpName = "STORE", Description = description, Required = true };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && DatabaseAddress.IsMeant(token.Value) && !DatabaseAddress.TryParse(token.Value, out _))
            {
                result.AddError($"{name} will not do: give a data directory, or {DatabaseAddress.Form}");
            }
        });
        return option;
    }
}
