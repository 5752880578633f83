using System.CommandLine;
using Parley.Cli.Data;
using Parley.Server.Hosting;
using Parley.Server.Options;

namespace Parley.Cli.Verbs;

/// <summary>
/// Where the server that a verb works beside keeps its data, found as the server itself finds it: <c>--data</c>, the
/// environment, the file of settings, the default.
/// </summary>
internal sealed class DataOption
{
    private const string Setting = "data";

    private readonly Option<string?> _data = new("--data")
    {
        HelpName = "DIR",
        Description = $"The server's data directory [default: PARLEY_DATA, or \"data\" of the settings file, or {DataDirectory.Default}]",
        Recursive = true,
    };

    private readonly Option<string?> _config = new("--config")
    {
        HelpName = "FILE",
        Description = $"The server's settings file [default: {SettingsReader.DefaultFile}, or {SettingsReader.SystemFile}, if it is there]",
        Recursive = true,
    };

    /// <summary>Gives a verb, which MUST have its own verbs by now if it has any, the option, and has those refuse what names no directory.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_data);
        command.Options.Add(_config);
        Guard(command);
    }

    /// <summary>The directory.</summary>
    public string Of(ParseResult arguments)
        => Find(arguments.GetValue(_data), Environment.GetEnvironmentVariable, arguments.GetValue(_config));

    /// <summary>The directory that is named.</summary>
    /// <param name="commandLine">What the command line says, or null.</param>
    /// <param name="environment">The value of a variable, or null.</param>
    /// <param name="file">A file that MUST be there unless nothing is looked for in it; null for the default, which need not be.</param>
    /// <exception cref="SettingsException">The file cannot be read, or there is no directory.</exception>
    internal static string Find(string? commandLine, Func<string, string?> environment, string? file)
    {
        var (source, text) = SettingsReader.Find(Setting, commandLine, environment, file ?? SettingsReader.FindFile());
        if (text is { Length: 0 })
        {
            throw new SettingsException([$"{source}: '' will not do: give a directory"]);
        }

        return DataDirectory.Of(text ?? "default")
            ?? throw new SettingsException([$"{source}: none means that nothing is kept on disk: name a directory with --data"]);
    }

    private void Guard(Command command)
    {
        // A verb without verbs of its own works itself.
        foreach (var each in command.Subcommands.Count > 0 ? command.Subcommands : [command])
        {
            each.Validators.Add(result =>
            {
                try
                {
                    Find(result.GetValue(_data), Environment.GetEnvironmentVariable, result.GetValue(_config));
                }
                catch (SettingsException e)
                {
                    foreach (var error in e.Errors)
                    {
                        result.AddError(error);
                    }
                }
            });
            if (each.Subcommands.Count > 0)
            {
                Guard(each);
            }
        }
    }
}
