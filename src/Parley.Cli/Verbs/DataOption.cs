using System.CommandLine;

namespace Parley.Cli.Verbs;

/// <summary><c>--data DIR</c> of verbs that work beside a server.</summary>
internal static class DataOption
{
    public static Option<string> Create() => new("--data")
    {
        HelpName = "DIR",
        Description = "The server's data directory",
        DefaultValueFactory = _ => DataDirectory.Default,
        Recursive = true,
    };
}
