using System.CommandLine;
using Parley.Cli.Terminal;

namespace Parley.Cli.Verbs;

/// <summary><c>parley help-pages</c>: the help of all verbs in one run, of which the manual is made (<c>eng/packaging/manual</c>). It is not listed.</summary>
internal static class HelpPagesVerb
{
    /// <summary>Begins each page; a line with the words that name the verb follows, and then its help.</summary>
    internal const char PageStart = '\f';

    /// <summary>The verb.</summary>
    /// <param name="root">All verbs, each before its own.</param>
    public static Command Create(RootCommand root)
    {
        var command = new Command("help-pages", "Show the help of every verb") { Hidden = true };
        command.SetAction(arguments =>
        {
            TextWriter output = arguments.InvocationConfiguration.Output;
            foreach (string[] path in Paths(root, []))
            {
                output.Write(PageStart);
                output.WriteLine(string.Join(' ', path));
                RootVerb.Parse(root, [.. path, "--help"]).Invoke(arguments.InvocationConfiguration);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<string[]> Paths(Command command, string[] path) => command.Subcommands.Where(verb => !verb.Hidden)
        .SelectMany(verb => Paths(verb, [.. path, verb.Name])).Prepend(path);
}
