using System.CommandLine;
using Parley.Cli.History;
using Parley.Cli.Terminal;
using Parley.Cli.Tokens;
using Parley.Storage.Sqlite.Admin;

namespace Parley.Cli.Verbs;

/// <summary><c>parley backup</c> and <c>parley restore</c>: all of a server's data at once.</summary>
internal static class BackupVerbs
{
    private const string Examples =
        """
        parley backup /backup/monday                   history, accounts, tokens and files as they are now, into a new directory
        parley backup /backup/$(date +%F) --json       every day, from cron
        parley restore /backup/monday                  puts it back, with the server stopped; what was there is kept beside it

        A server goes on while it is copied. The directory is found as parley serve finds its own: --data, PARLEY_DATA,
        "data" in parley.json (or the file that --config names), the default.
        Exit code: 0 done, 1 not done, 2 wrong arguments.
        """;

    /// <summary>Both of them, for the root command.</summary>
    public static IEnumerable<Command> Create() => [Backup(), Restore()];

    private static Command Backup()
    {
        var data = new DataOption("database");
        var json = new Option<bool>("--json") { Description = "Write JSON, for programs" };
        var target = PathArguments.Required("DIR", "The directory to write, which is not there yet");
        var command = new Command("backup", "Copy all data of a server, while it runs") { target, json };
        data.AddTo(command);
        ExamplesHelpAction.AddTo(command, Examples);
        command.SetAction(arguments => Run(() =>
        {
            var files = DataBackup.Write(data.Of(arguments), Path.GetFullPath(arguments.GetValue(target)!));
            if (arguments.GetValue(json))
            {
                TokenCommand.WriteJson(
                    new WrittenBackups([.. files.Select(file => new WrittenBackup(file, BytesOf(file)))]), HistoryJson.Lines.WrittenBackups);
                return;
            }

            foreach (var file in files)
            {
                Console.Out.WriteLine($"{file} written");
            }
        }));
        return command;
    }

    private static Command Restore()
    {
        var data = new DataOption("database");
        var source = PathArguments.Required("DIR", "What parley backup has written");
        var command = new Command("restore", "Put a copy back, with the server stopped") { source };
        data.AddTo(command);
        ExamplesHelpAction.AddTo(command, Examples);
        command.SetAction(arguments => Run(() =>
        {
            var (directory, backup) = (data.Of(arguments), Path.GetFullPath(arguments.GetValue(source)!));
            var before = DataBackup.Restore(backup, directory, TimeProvider.System.GetUtcNow());
            Console.Out.WriteLine($"{directory} has the data of {backup} now{(before is null ? "" : $"; the data before is in {before}")}");
        }));
        return command;
    }

    private static long BytesOf(string path) => Directory.Exists(path)
        ? new DirectoryInfo(path).EnumerateFiles().Sum(file => file.Length)
        : new FileInfo(path).Length;

    private static int Run(Action action)
    {
        try
        {
            action();
            return ExitCode.Done;
        }
        catch (BackupException e)
        {
            return TokenCommand.Fail(e.Message);
        }
    }
}
