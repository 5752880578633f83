using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Parley.Cli.Terminal;
using Parley.Server.Options;

namespace Parley.Cli.Verbs;

/// <summary><c>parley</c>: all the verbs, and what is said of a command line that names none of them.</summary>
internal static class RootVerb
{
    /// <summary>The root command with every verb.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Parley, a chat server that anything can talk to.")
        {
            ServeVerb.Create(),
            ChatVerb.Create(),
            HistoryVerb.Create(),
            AccountVerb.Create(),
            RoomVerb.Create(),
            OperatorVerb.Create(),
            TokenVerb.Create(),
            HookVerb.Create(),
            ClusterVerb.Create(),
            BotsVerb.Create(),
            BenchVerb.Create(),
            SweepVerb.Create(),
            ResolveVerb.Create(),
            EchoVerb.Create(),
            CollectVerb.Create(),
            ConfigVerb.Create(),
        };
        foreach (Command verb in AdminVerbs.Create().Append(BanVerb.Create()).Append(InviteVerb.Create()).Append(AuditVerb.Create()).Concat(BackupVerbs.Create()).Append(MoveVerb.Create()))
        {
            root.Subcommands.Add(verb);
        }

        root.Subcommands.Add(HelpPagesVerb.Create(root));
        root.SetAction(arguments => new HelpAction().Invoke(arguments));
        Guard(root);
        return root;
    }

    /// <summary>Reads a command line.</summary>
    // An argument that starts with @ is a name or a text here, never a file of further arguments; and -harry is no -h with more behind it.
    public static ParseResult Parse(RootCommand root, IReadOnlyList<string> arguments)
        => root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });

    /// <summary>Runs the verb that a command line names, and gives its exit code; a command line that cannot be read is told what is wrong with it.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        ParseResult parsed = Parse(Create(), arguments);
        if (parsed.Action is not ParseErrorAction)
        {
            // No timeout: each verb handles its own signals, since a server drains for longer than a client takes to leave.
            return await InvokeAsync(parsed, new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
        }

        foreach (string error in Errors(parsed))
        {
            await Console.Error.WriteLineAsync(error).ConfigureAwait(false);
        }

        await Console.Error.WriteLineAsync($"Try: parley{PathText(parsed)} --help").ConfigureAwait(false);
        return ExitCode.Usage;
    }

    /// <summary>A line for each thing that is wrong; unknown words with the one that may have been meant.</summary>
    internal static IEnumerable<string> Errors(ParseResult parsed)
    {
        // That a verb is missing is said of a word that is no verb, too.
        IEnumerable<string> messages = parsed.Errors.Where(error => parsed.UnmatchedTokens.Count == 0 || error.SymbolResult is not CommandResult result
            || result.Command.Subcommands.Count == 0 || IsAbout(error.Message, parsed.UnmatchedTokens)).Select(error => error.Message).Distinct(StringComparer.Ordinal);
        foreach (string message in messages)
        {
            if (Misplaced(parsed, message) is { } misplaced)
            {
                yield return misplaced;
                continue;
            }

            string? word = parsed.UnmatchedTokens.FirstOrDefault(each => message.Contains($"'{each}'", StringComparison.Ordinal));
            yield return word is not null && Meant(parsed.CommandResult.Command, word) is { } meant
                ? $"{message.TrimEnd('.')}. Did you mean {meant}?"
                : message;
        }
    }

    private static async Task<int> InvokeAsync(ParseResult parsed, InvocationConfiguration configuration)
    {
        try
        {
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (OutputException e) when (e.IsClosedPipe)
        {
            // Whoever was reading has read enough, as in: parley history export | head.
            return ExitCode.Done;
        }
        catch (OutputException e)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync($"Unexpected failure, which is a fault of this program: {e}").ConfigureAwait(false);
            return ExitCode.Failed;
        }
    }

    /// <summary>An option of the verb that stands before it.</summary>
    private static string? Misplaced(ParseResult parsed, string message)
        => parsed.CommandResult.Command.Options.FirstOrDefault(option => parsed.UnmatchedTokens.Contains(option.Name, StringComparer.Ordinal) && IsAbout(message, [option.Name])) is { } option
            ? $"'{option.Name}' belongs behind the verb: parley{PathText(parsed)} {option.Name}"
            : null;

    private static string PathText(ParseResult parsed) => string.Concat(Path(parsed.CommandResult).Select(command => $" {command.Name}"));

    private static bool IsAbout(string message, IEnumerable<string> words) => words.Any(word => message.Contains($"'{word}'", StringComparison.Ordinal));

    // A check of several options throws where one of them has no value that can be read: that is the option's error, in its words.
    private static void Guard(Command command)
    {
        for (int index = 0; index < command.Validators.Count; index++)
        {
            Action<CommandResult> check = command.Validators[index];
            command.Validators[index] = result =>
            {
                try
                {
                    check(result);
                }
                catch (InvalidOperationException e)
                {
                    result.AddError(e.Message);
                }
            };
        }

        foreach (Command verb in command.Subcommands)
        {
            Guard(verb);
        }
    }

    private static string? Meant(Command command, string word) => word.StartsWith('-')
        ? NearestName.Find(word, command.Options.Where(option => !option.Hidden).Select(option => option.Name))
        : NearestName.Find(word, command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name));

    private static Stack<Command> Path(CommandResult result)
    {
        var path = new Stack<Command>();
        for (CommandResult? at = result; at is { Command: not RootCommand }; at = at.Parent as CommandResult)
        {
            path.Push(at.Command);
        }

        return path;
    }
}
