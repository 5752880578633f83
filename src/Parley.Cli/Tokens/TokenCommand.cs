using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Cli.Chat.Screen.Text;
using Parley.Cli.Data;
using Parley.Cli.Terminal;
using Parley.Core.Accounts;
using Parley.Core.Tokens;

namespace Parley.Cli.Tokens;

/// <summary>Runs one of the verbs about tokens and hooks, and says what went wrong.</summary>
internal static class TokenCommand
{
    /// <summary>Changes tokens or hooks where a server keeps them; makes the file where there is none.</summary>
    public static Task<int> ChangeAsync(DataPlace place, Func<OperatorTokens, Task<int>> action)
        => RunAsync(place, create: true, action);

    /// <summary>Looks at them, or changes what is there already.</summary>
    public static Task<int> LookAsync(DataPlace place, Func<OperatorTokens, Task<int>> action)
        => RunAsync(place, create: false, action);

    /// <summary>Says why nothing was done; the exit code.</summary>
    public static int Fail(string why)
    {
        Console.Error.WriteLine(why);
        return ExitCode.Failed;
    }

    /// <summary>Shows a secret, which is not shown again; what it is of goes where it cannot be shown.</summary>
    public static async Task ShowOnceAsync(Action show, Func<Task> undo)
    {
        try
        {
            show();
        }
        catch (OutputException)
        {
            await undo();
            throw;
        }
    }

    /// <summary>One thing a line, as JSON.</summary>
    public static void WriteJson<T>(T thing, JsonTypeInfo<T> type) => Console.Out.WriteLine(JsonSerializer.Serialize(thing, type));

    /// <summary>Lines in columns as wide as what is in them, the last as it is.</summary>
    public static void WriteTable(IReadOnlyList<string[]> rows)
    {
        string[][] shown = [.. rows.Select(row => row.Select(VisibleText.Of).ToArray())];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => shown.Max(row => CellText.WidthOf(row[column])) + 2)];
        foreach (var row in shown)
        {
            var line = new StringBuilder();
            for (var column = 0; column < row.Length; column++)
            {
                // As a terminal shows it: letters of Chinese, Japanese and Korean take two cells.
                line.Append(row[column]).Append(' ', widths[column] - CellText.WidthOf(row[column]));
            }

            Console.Out.WriteLine(line.ToString().TrimEnd());
        }
    }

    /// <summary>Such as <c>2026-06-01 12:00Z</c>; a dash where there is none.</summary>
    public static string Text(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "-";

    private static async Task<int> RunAsync(DataPlace place, bool create, Func<OperatorTokens, Task<int>> action)
    {
        try
        {
            await using var store = OperatorTokens.Open(place, create);
            return await action(store);
        }
        catch (Exception e) when (e is TokenStoreException or AccountStoreException)
        {
            return Fail(e.Message);
        }
    }
}
