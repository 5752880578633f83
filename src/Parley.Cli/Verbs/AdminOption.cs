using System.CommandLine;
using Parley.Cli.Admin;
using Parley.Cli.Data;
using Parley.Server.Hosting;
using Parley.Server.Options;

namespace Parley.Cli.Verbs;

/// <summary>The running server that a verb looks after, found as the server itself finds its socket: <c>--admin</c>, the environment, the file of settings, the data directory.</summary>
internal sealed class AdminOption
{
    private readonly Option<string?> _admin = new("--admin")
    {
        HelpName = "FILE",
        Description = "The server's Unix socket [default: as the server's settings say, else admin.sock in its data directory]",
    };

    private readonly Option<string?> _data = new("--data") { HelpName = "DIR", Description = "The server's data directory" };

    private readonly Option<string?> _config = new("--config")
    {
        HelpName = "FILE",
        Description = $"The server's settings file [default: {SettingsReader.DefaultFile}, or {SettingsReader.SystemFile}, if it is there]",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Write JSON, for programs" };

    /// <summary>Gives a verb the options.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_admin);
        command.Options.Add(_data);
        command.Options.Add(_config);
        command.Options.Add(_json);
    }

    /// <summary>True if the answer is for a program.</summary>
    public bool IsJson(ParseResult arguments) => arguments.GetValue(_json);

    /// <summary>The path of the socket.</summary>
    /// <exception cref="SettingsException">The file cannot be read.</exception>
    /// <exception cref="AdminException">The server has no socket.</exception>
    public string Of(ParseResult arguments)
    {
        var (admin, data, config) = (arguments.GetValue(_admin), arguments.GetValue(_data), arguments.GetValue(_config));
        if (config is null && (admin ?? Environment.GetEnvironmentVariable("PARLEY_ADMIN")) is null or "" or "default")
        {
            try
            {
                config = SettingsReader.FindFile();
            }
            catch (SettingsException) when (data is not null)
            {
                // Whoever names the directory means the socket in it.
                return AdminSocket.Of("default", DataDirectory.Of(data))!;
            }
            catch (SettingsException e)
            {
                throw new AdminException($"{e.Message}, or the server's directory with --data");
            }
        }

        // The directory is looked for only where the socket is in it.
        var setting = Find("admin", admin, config) ?? "default";
        return AdminSocket.Of(setting, setting.Equals("default", StringComparison.OrdinalIgnoreCase) ? DataDirectory.Of(Find("data", data, config) ?? "default") : null)
            ?? throw new AdminException("This server has no socket to look after it by: start it with a data directory, or with --admin FILE");
    }

    private static string? Find(string name, string? commandLine, string? file)
        => SettingsReader.Find(name, commandLine, Environment.GetEnvironmentVariable, file).Text is { Length: > 0 } text ? text : null;
}
