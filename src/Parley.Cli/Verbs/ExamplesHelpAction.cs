using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Parley.Cli.Verbs;

/// <summary>A verb's help with examples under it.</summary>
internal sealed class ExamplesHelpAction : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new();
    private readonly string _examples;

    private ExamplesHelpAction(string examples) => _examples = examples;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>Gives <paramref name="command"/>, and its own verbs that have none, a help option that ends with <paramref name="examples"/>.</summary>
    public static void AddTo(Command command, string examples)
    {
        foreach (Command each in command.Subcommands.Append(command).Where(each => !each.Options.OfType<HelpOption>().Any()))
        {
            // Not inherited: beside the one of the root command, it would be listed twice.
            each.Options.Add(new HelpOption { Action = new ExamplesHelpAction(examples), Recursive = false });
        }
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = _help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string line in _examples.Split('\n'))
        {
            output.WriteLine(line.Length == 0 ? line : $"  {line}");
        }

        return exitCode;
    }
}
