using System.CommandLine;
using System.CommandLine.Parsing;

namespace Parley.Cli.Verbs;

/// <summary>Files and directories on the command line, where an empty one is a variable of a script that was not set.</summary>
internal static class PathArguments
{
    /// <summary>A file or a directory.</summary>
    /// <param name="name">FILE or DIR.</param>
    /// <param name="description">Its use.</param>
    public static Argument<string> Required(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.Validators.Add(result => Check(result, name, name));
        return argument;
    }

    /// <summary>A file or a directory, which may be left out.</summary>
    /// <param name="name">The option.</param>
    /// <param name="kind">FILE or DIR.</param>
    /// <param name="description">Its use.</param>
    public static Option<string?> Optional(string name, string kind, string description)
    {
        var option = new Option<string?>(name) { HelpName = kind, Description = description };
        option.Validators.Add(result => Check(result, name, kind));
        return option;
    }

    private static void Check(SymbolResult result, string name, string kind)
    {
        if (result.Tokens is [{ Value: "" }])
        {
            result.AddError($"{name}: '' will not do: give a {(kind == "DIR" ? "directory" : "file")}");
        }
    }
}
