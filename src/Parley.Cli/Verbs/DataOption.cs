using System.CommandLine;
using Parley.Cli.Data;
using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.Storage.PostgreSql;

namespace Parley.Cli.Verbs;

/// <summary>
/// Where the server that a verb works beside keeps its data, found as the server itself finds it: <c>--data</c> and <c>--database</c>, the
/// environment, the file of settings, the default.
/// </summary>
/// <param name="filesOf">
/// Settings that may say that what the verb looks after is in a database, for a verb that looks after files alone; none for one that does after both.
/// </param>
internal sealed class DataOption(params string[] filesOf)
{
    private const string Setting = "data";
    private const string DatabaseName = "database";

    private readonly Option<string?> _data = new("--data")
    {
        HelpName = "DIR",
        Description = $"The server's data directory [default: PARLEY_DATA, or \"data\" of the settings file, or {DataDirectory.Default}]",
        Recursive = true,
    };

    private readonly Option<string?> _database = new("--database")
    {
        HelpName = "ADDRESS",
        Description = "The server's PostgreSQL database [default: PARLEY_DATABASE, or \"database\" of the settings file; none with --data alone]",
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
        if (filesOf.Length == 0)
        {
            command.Options.Add(_database);
        }

        command.Options.Add(_config);
        Guard(command);
    }

    /// <summary>The directory, of a verb that looks after files.</summary>
    public string Of(ParseResult arguments)
        => FindFiles(arguments.GetValue(_data), Environment.GetEnvironmentVariable, arguments.GetValue(_config), filesOf);

    /// <summary>The directory and the database, of a verb that looks after both.</summary>
    public DataPlace PlaceOf(ParseResult arguments)
        => FindPlace(arguments.GetValue(_data), arguments.GetValue(_database), Environment.GetEnvironmentVariable, arguments.GetValue(_config));

    /// <summary>Another setting of that server; null where nothing is said of it, or where its file cannot be read.</summary>
    public string? Look(ParseResult arguments, string setting)
    {
        try
        {
            return SettingsReader.FindBeside(setting, null, Environment.GetEnvironmentVariable, arguments.GetValue(_config)).Text;
        }
        catch (SettingsException)
        {
            return null;
        }
    }

    /// <summary>The directory that is named.</summary>
    /// <param name="commandLine">What the command line says, or null.</param>
    /// <param name="environment">The value of a variable, or null.</param>
    /// <param name="file">A file that MUST be there unless nothing is looked for in it; null for the default, which need not be.</param>
    /// <exception cref="SettingsException">The file cannot be read, or there is no directory.</exception>
    internal static string Find(string? commandLine, Func<string, string?> environment, string? file)
        => TryFind(commandLine, environment, file, out var source)
            ?? throw new SettingsException([$"{source}: none means that nothing is kept on disk: name a directory with --data"]);

    /// <summary>The place that is named: whoever names a directory on the command line, and no database, means the files in it.</summary>
    /// <inheritdoc cref="Find"/>
    /// <param name="directory">The directory that the command line names, or null.</param>
    /// <param name="database">The database that the command line names, or null.</param>
    /// <param name="environment">The value of a variable, or null.</param>
    /// <param name="file">As above.</param>
    internal static DataPlace FindPlace(string? directory, string? database, Func<string, string?> environment, string? file)
    {
        var address = directory is null || database is not null ? FindDatabase(DatabaseName, database, environment, file).Address : null;
        return address is null
            ? new DataPlace(Find(directory, environment, file), null)
            : new DataPlace(TryFind(directory, environment, file, out _), address);
    }

    /// <summary>The directory that is named, unless it is settings that say so, and these say that the data is in a database.</summary>
    /// <inheritdoc cref="Find"/>
    /// <param name="commandLine">What the command line says, or null.</param>
    /// <param name="environment">The value of a variable, or null.</param>
    /// <param name="file">As above.</param>
    /// <param name="filesOf">Settings that may name a database.</param>
    internal static string FindFiles(string? commandLine, Func<string, string?> environment, string? file, params string[] filesOf)
    {
        foreach (var setting in commandLine is null ? filesOf : [])
        {
            var (source, address) = FindDatabase(setting, null, environment, file);
            if (address is not null)
            {
                throw new SettingsException(
                    [$"{source}: the data is in {address}, and this looks after files: use psql and pg_dump, or name a directory with --data"]);
            }
        }

        return Find(commandLine, environment, file);
    }

    private static string? TryFind(string? commandLine, Func<string, string?> environment, string? file, out string source)
    {
        (source, var text) = SettingsReader.FindBeside(Setting, commandLine, environment, file);
        return text is { Length: 0 } ? throw new SettingsException([$"{source}: '' will not do: give a directory"]) : DataDirectory.Of(text ?? "default");
    }

    private static (string Source, DatabaseAddress? Address) FindDatabase(string name, string? commandLine, Func<string, string?> environment, string? file)
    {
        var (source, text) = SettingsReader.FindBeside(name, commandLine, environment, file);
        if (name != DatabaseName)
        {
            return (source, DatabaseAddress.TryParse(text ?? "", out var store) ? store : null);
        }

        return DatabaseSetting.TryRead(text ?? "none", out var address)
            ? (source, address)
            : throw new SettingsException([$"{source}: this will not do: give {DatabaseSetting.Form}"]);
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
                    if (filesOf.Length > 0)
                    {
                        FindFiles(result.GetValue(_data), Environment.GetEnvironmentVariable, result.GetValue(_config), filesOf);
                    }
                    else
                    {
                        FindPlace(result.GetValue(_data), result.GetValue(_database), Environment.GetEnvironmentVariable, result.GetValue(_config));
                    }
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
