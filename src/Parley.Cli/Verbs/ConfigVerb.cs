using System.CommandLine;
using Parley.Cli.Admin;
using Parley.Cli.Serve;
using Parley.Cli.Terminal;
using Parley.Cli.Tokens;
using Parley.Server.Admin;
using Parley.Server.Hosting;
using Parley.Server.Options;

namespace Parley.Cli.Verbs;

/// <summary><c>parley config</c>: looks at settings before a server does.</summary>
internal static class ConfigVerb
{
    private const string Examples =
        """
        parley config check --config /etc/parley/parley.json    whether a server would start with it
        parley config explain                                   every setting, its value, and who says so
        parley config explain max-line-bytes                    one of them
        parley config template > parley.json                    a file with every setting, each commented out
        parley config diff                                      what differs from the running server, and when it applies

        The environment (PARLEY_...) goes over the file, as it does for parley serve.
        Exit code: 0 the settings will do, 1 no server answers (diff), 2 the settings or the arguments will not do.
        """;

    /// <summary>The verb with its own verbs, for the root command.</summary>
    public static Command Create()
    {
        var command = new Command("config", "Look at settings: check, explain, diff, template") { Check(), Explain(), Diff(), Template() };
        ExamplesHelpAction.AddTo(command, Examples);
        return command;
    }

    private static Command Check()
    {
        var config = ConfigOption();
        var json = new Option<bool>("--json") { Description = "Write JSON, for programs" };
        var command = new Command("check", "Say whether a server would start with these settings") { config, json };
        command.SetAction(arguments =>
        {
            IReadOnlyList<string> errors = [];
            IReadOnlyList<string> notes = [];
            var source = arguments.GetValue(config);
            try
            {
                source ??= SettingsReader.FindFile();
                var options = SettingsReader.Check(_ => null, Environment.GetEnvironmentVariable, source);
                errors = [.. StoreSettings.Faults(options), .. PlaceCheck.Faults(options)];
                notes = [.. PlaceCheck.Notes(options)];
            }
            catch (SettingsException e)
            {
                errors = e.Errors;
            }

            UnknownVariables.Tell();
            source ??= File.Exists(SettingsReader.DefaultFile) ? SettingsReader.DefaultFile : null;
            if (arguments.GetValue(json))
            {
                TokenCommand.WriteJson(new CheckedSettings(source, errors.Count == 0, errors, notes), ResultJson.Lines.CheckedSettings);
                return errors.Count == 0 ? ExitCode.Done : ExitCode.Usage;
            }

            foreach (var line in errors.Concat(notes))
            {
                Console.Error.WriteLine(line);
            }

            if (errors.Count > 0)
            {
                return ExitCode.Usage;
            }

            Console.Out.WriteLine($"{source ?? "The defaults"}: a server would start with these settings{(notes.Count == 0 ? "" : ", with those addresses free")}");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Explain()
    {
        var config = ConfigOption();
        var json = new Option<bool>("--json") { Description = "Write JSON, for programs" };
        var name = new Argument<string?>("SETTING") { Description = "Only this one, in any of its three spellings", Arity = ArgumentArity.ZeroOrOne };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && Find(text) is null)
            {
                var meant = Meant(text);
                result.AddError($"There is no setting '{text}'{(meant is null ? ": parley config explain lists them" : $". Did you mean {meant}?")}");
            }
        });
        var command = new Command("explain", "List settings with their values, and who says so") { name, config, json };
        command.SetAction(arguments => Run(() =>
        {
            var only = arguments.GetValue(name) is { } text ? Find(text) : null;
            var values = SettingsReader.Explain(_ => null, Environment.GetEnvironmentVariable, arguments.GetValue(config) ?? SettingsReader.FindFile())
                .Where(value => only is null || value.Setting == only).ToList();
            if (arguments.GetValue(json))
            {
                foreach (var value in values)
                {
                    TokenCommand.WriteJson(
                        new ExplainedSetting(value.Setting.Name, value.Value, value.Source, value.Setting.IsLive), ResultJson.Lines.ExplainedSetting);
                }

                return;
            }

            TokenCommand.WriteTable(
            [
                ["SETTING", "VALUE", "CHANGES", "FROM"],
                .. values.Select(value => new[]
                {
                    value.Setting.Name, value.Value.Length == 0 ? "''" : value.Value, value.Setting.IsLive ? "by reload" : "by restart", value.Source,
                }),
            ]);
            if (only is not null)
            {
                Console.Out.WriteLine($"\n{char.ToUpperInvariant(only.Description[0])}{only.Description[1..]}. Default: {(only.Default.Length == 0 ? "''" : only.Default)}");
            }
        }));
        return command;
    }

    private static Command Diff()
    {
        var server = new AdminOption();
        var command = new Command("diff", "Compare with what the running server has");
        server.AddTo(command);
        command.SetAction((arguments, cancellationToken) => AdminCommand.RunAsync(
            () => server.Of(arguments), new AdminRequest("diff"), server.IsJson(arguments), AdminCommand.ShowChanges, waitForEnd: false, cancellationToken));
        return command;
    }

    private static Command Template()
    {
        var set = new Option<string[]>("--set") { HelpName = "NAME=VALUE", Description = "Write this setting without the comment; may be repeated" };
        set.Validators.Add(result =>
        {
            foreach (var text in result.Tokens.Select(token => token.Value))
            {
                var parts = text.Split('=', 2);
                if (parts.Length == 2 && Find(parts[0]) is null && Meant(parts[0]) is { } meant)
                {
                    result.AddError($"There is no setting '{parts[0]}'. Did you mean {meant}?");
                }
                else if (parts.Length < 2 || Find(parts[0]) is not { } setting)
                {
                    result.AddError($"'{text}' will not do: give the name of a setting and its value, such as data=/var/lib/parley");
                }
                else if (setting.Set(new ParleyOptions(), parts[1]) is { } error)
                {
                    result.AddError($"{parts[0]}: {error}");
                }
            }
        });
        var command = new Command("template", "Write a file of settings, with every setting commented out") { set };
        command.SetAction(arguments => Run(() => Console.Out.Write(SettingsTemplate.Write(
            (arguments.GetValue(set) ?? []).Select(text => text.Split('=', 2)).ToDictionary(parts => Find(parts[0])!.Name, parts => parts[1], StringComparer.Ordinal)))));
        return command;
    }

    private static Option<string?> ConfigOption() => new("--config")
    {
        HelpName = "FILE",
        Description = $"The file of settings [default: {SettingsReader.DefaultFile}, or {SettingsReader.SystemFile}, if it is there]",
    };

    private static Setting? Find(string text) => Setting.All.FirstOrDefault(setting => new[] { setting.Name, setting.JsonName, setting.EnvironmentVariable, "--" + setting.Name }
        .Contains(text, StringComparer.OrdinalIgnoreCase));

    private static string? Meant(string text) => NearestName.Find(text, Setting.All.Select(setting => setting.Name));

    private static int Run(Action action)
    {
        try
        {
            action();
            return ExitCode.Done;
        }
        catch (SettingsException e)
        {
            foreach (string error in e.Errors)
            {
                Console.Error.WriteLine(error);
            }

            return ExitCode.Usage;
        }
    }
}
