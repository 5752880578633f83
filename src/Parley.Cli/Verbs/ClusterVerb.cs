using System.CommandLine;
using Parley.Cli.Cluster;
using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.Storage.PostgreSql;

namespace Parley.Cli.Verbs;

/// <summary><c>parley cluster</c>: the nodes of a cluster, through the database that they share.</summary>
internal static class ClusterVerb
{
    private const string Setting = "cluster";

    private const string Examples =
        """
        parley cluster status --cluster postgres://parley:secret@db/chat     which nodes are here, and which one is home
        parley cluster status --json | jq -r 'select(.isHome).name'          the address is in PARLEY_CLUSTER, or parley.json
        parley cluster drain node2                                           before node2 is stopped or upgraded; waits until it has no people
        parley cluster move node1                                            node1 is to be home

        Nodes learn of it within a second. The database is found as parley serve finds it: --cluster, PARLEY_CLUSTER, "cluster" in parley.json (or the file
        that --config names). On the command line everybody on the machine can read its password.
        Exit code: 0 done, 1 not done, 2 wrong arguments, 130 Ctrl+C.
        """;

    public static Command Create()
    {
        var database = new Option<string?>("--cluster")
        {
            HelpName = "ADDRESS",
            Description = $"The database that the nodes share, {DatabaseAddress.Form} [default: PARLEY_CLUSTER, or \"{Setting}\" of the settings file]",
            Recursive = true,
        };
        var config = new Option<string?>("--config")
        {
            HelpName = "FILE",
            Description = $"The node's settings file [default: {SettingsReader.DefaultFile}, or {SettingsReader.SystemFile}, if it is there]",
            Recursive = true,
        };
        var json = new Option<bool>("--json") { Description = "Write JSON, an object a line, for programs" };
        var name = new Argument<string>("NODE") { Description = "Name of the node" };
        var noWait = new Option<bool>("--no-wait") { Description = "Do not wait until its people have gone" };
        var status = new Command("status", "List the nodes, and say which one is home") { json };
        var drain = new Command("drain", "Have a node take no more terms, and send its people to others") { name, noWait };
        var move = new Command("move", "Have the home make place for a node") { name };
        var command = new Command("cluster", "Look after the nodes of a cluster") { database, config, status, drain, move };
        foreach (var each in command.Subcommands)
        {
            each.Validators.Add(result =>
            {
                try
                {
                    Find(result.GetValue(database), result.GetValue(config));
                }
                catch (SettingsException e)
                {
                    foreach (var error in e.Errors)
                    {
                        result.AddError(error);
                    }
                }
            });
        }

        status.SetAction((arguments, cancellationToken) => ClusterCommand.StatusAsync(Of(arguments), arguments.GetValue(json), Console.Out, Console.Error, cancellationToken));
        drain.SetAction((arguments, cancellationToken) => ClusterCommand.DrainAsync(Of(arguments), arguments.GetValue(name)!, !arguments.GetValue(noWait), Console.Out, Console.Error, cancellationToken));
        move.SetAction((arguments, cancellationToken) => ClusterCommand.MoveAsync(Of(arguments), arguments.GetValue(name)!, Console.Out, Console.Error, cancellationToken));
        ExamplesHelpAction.AddTo(command, Examples);
        return command;

        DatabaseAddress Of(ParseResult arguments) => Find(arguments.GetValue(database), arguments.GetValue(config));
    }

    /// <summary>The database that is named.</summary>
    /// <exception cref="SettingsException">None is, or the file cannot be read.</exception>
    private static DatabaseAddress Find(string? commandLine, string? file)
    {
        var (source, text) = SettingsReader.FindBeside(Setting, commandLine, Environment.GetEnvironmentVariable, file);
        return text is null or "" or "none"
            ? throw new SettingsException([$"--cluster, PARLEY_CLUSTER or \"{Setting}\" of the settings file is missing: give {DatabaseAddress.Form}"])
            : DatabaseAddress.TryParse(text, out var address) ? address
            : throw new SettingsException([$"{source} will not do: give {DatabaseAddress.Form}"]);
    }
}
