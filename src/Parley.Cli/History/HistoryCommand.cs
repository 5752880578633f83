using Parley.Cli.Moving;
using Parley.Cli.Terminal;
using Parley.Core.Files;
using Parley.Core.History;
using Parley.Core.Text;
using Parley.Storage.Sqlite.Admin;

namespace Parley.Cli.History;

/// <summary>Runs one of the history verbs, and says what went wrong.</summary>
internal static class HistoryCommand
{
    private const int Done = 0;
    private const int Failed = 1;

    /// <summary>Opens the history in a directory, does something with it, and gives the exit code.</summary>
    public static int Run(string directory, bool isJson, Func<SqliteHistoryAdmin, HistoryOutput, bool> action) =>
        Run(() => SqliteHistoryAdmin.Open(directory), isJson, action);

    /// <summary>The same, and begins a history where there is none.</summary>
    public static int RunOrCreate(string directory, bool isJson, Func<SqliteHistoryAdmin, HistoryOutput, bool> action) =>
        Run(() => SqliteHistoryAdmin.OpenOrCreate(directory), isJson, action);

    /// <summary>The same, to remove messages: a full disk need not be in the way.</summary>
    public static int RunToPrune(string directory, bool isJson, Func<SqliteHistoryAdmin, HistoryOutput, bool> action) =>
        Run(() => SqliteHistoryAdmin.OpenToPrune(directory), isJson, action);

    /// <summary>Takes everything from one store to another.</summary>
    public static int Move(Func<IHistoryArchive> open, Func<IHistoryArchive> openTarget, bool isJson) => Guarded(() =>
    {
        using var source = open();
        using var target = openTarget();
        using var output = new HistoryOutput(isJson);
        using var progress = ProgressLine.OnStandardError();
        var result = HistoryMove.Run(source, target, TimeProvider.System.GetUtcNow(), progress);
        progress.Clear();
        output.Write(result, HistoryJson.Lines.ImportResult, $"{Counted.Of(result.Added, "message")} moved to {target.Location}, {result.Present} there already");
        return true;
    });

    private static int Run(Func<SqliteHistoryAdmin> open, bool isJson, Func<SqliteHistoryAdmin, HistoryOutput, bool> action)
    {
        return Guarded(() =>
        {
            using var admin = open();
            using var output = new HistoryOutput(isJson);
            return action(admin, output);
        });
    }

    private static int Guarded(Func<bool> action)
    {
        try
        {
            return action() ? Done : Failed;
        }
        catch (Exception e) when (e is HistoryException or HistoryInputException or FileStoreException)
        {
            Console.Error.WriteLine(e.Message);
            return Failed;
        }
    }
}
