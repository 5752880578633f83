using System.CommandLine;
using Parley.Cli.Serve;
using Parley.Server.Hosting;
using Parley.Server.Options;

namespace Parley.Cli.Verbs;

/// <summary><c>parley serve</c>: the server.</summary>
public static class ServeVerb
{
    private const string Examples =
        """
        parley serve                                   on this machine only, on the default ports
        parley serve --lines '*:42069'                 the lines protocol for everybody who can reach this machine
        parley serve --lines 127.0.0.1:0 --http off    on a free port, which the start line names; no HTTP
        PARLEY_MAX_LINE_BYTES=1000 parley serve        settings from the environment
        parley serve --data /var/lib/parley            keeps history and accounts there; --data none in memory only
        parley serve --config /etc/parley.json         settings from a file such as { "maxLineBytes": 1000 }

        Every setting is an option, a variable PARLEY_... and a name in parley.json (that is read from the current
        directory unless --config names another): --max-line-bytes, PARLEY_MAX_LINE_BYTES, "maxLineBytes".
        The command line goes over the environment, the environment over the file.
        Ctrl+C stops the server when everything pending is sent; a second Ctrl+C at once.
        Exit code: 0 stopped as asked, 1 cannot start, 2 wrong settings, 130 second Ctrl+C.
        """;

    /// <summary>The verb with its options, for the root command.</summary>
    public static Command Create()
    {
        var config = new Option<string?>("--config") { HelpName = "FILE", Description = $"Read settings from this file [default: {SettingsReader.DefaultFile}, if it is there]" };
        var logFormat = ChoiceOption.Create("--log-format", "How the log is written to standard error", LogFormat.Text);
        var logLevel = ChoiceOption.Create("--log-level", "The least severe entries that are logged", LogDetail.Info);
        var command = new Command("serve", "Run the server") { config, logFormat, logLevel };
        var settings = new Dictionary<string, Option<string?>>(StringComparer.Ordinal);
        foreach (var setting in Setting.All)
        {
            var option = new Option<string?>("--" + setting.Name)
            {
                HelpName = setting.Placeholder,
                Description = $"{char.ToUpperInvariant(setting.Description[0])}{setting.Description[1..]} [default: {(setting.Default.Length > 0 ? setting.Default : "none")}]",
            };
            settings.Add(setting.Name, option);
            command.Options.Add(option);
        }

        ExamplesHelpAction.AddTo(command, Examples);
        command.SetAction((arguments, _) => ServeCommand.RunAsync(
            name => arguments.GetValue(settings[name]),
            arguments.GetValue(config),
            arguments.GetValue(logFormat),
            arguments.GetValue(logLevel)));
        return command;
    }
}
