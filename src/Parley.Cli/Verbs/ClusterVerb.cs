using System.CommandLine;
using Parley.Cli.Cluster;
using Parley.Storage.PostgreSql;

namespace Parley.Cli.Verbs;

/// <summary><c>parley cluster</c>: the nodes of a cluster, through the database that they share.</summary>
internal static class ClusterVerb
{
    private const string Variable = "PARLEY_CLUSTER";

    private const string Examples =
        """
        parley cluster status --cluster postgres://parley:secret@db/chat     which nodes are here, and which one is home
        parley cluster status --json | jq -r 'select(.isHome).name'          the address is in PARLEY_CLUSTER
        parley cluster drain node2                                           before node2 is stopped or upgraded; waits until it has no people
        parley cluster move node1                                            node1 is to be home

        Nodes learn of it within a second. On the command line everybody on the machine can read the password: give it as PARLEY_CLUSTER.
        Exit code: 0 done, 1 not done, 2 wrong arguments, 130 Ctrl+C.
        """;

    public static Command Create()
    {
        var database = new Option<string?>("--cluster")
        {
            HelpName = "ADDRESS",
            Description = $"The database that the nodes share, {DatabaseAddress.Form} [default: {Variable}]",
            Recursive = true,
        };
        var json = new Option<bool>("--json") { Description = "Write JSON, an object a line, for programs" };
        var name = new Argument<string>("NODE") { Description = "Name of the node" };
        var noWait = new Option<bool>("--no-wait") { Description = "Do not wait until its people have gone" };
        var status = new Command("status", "List the nodes, and say which one is home") { json };
        var drain = new Command("drain", "Have a node take no more terms, and send its people to others") { name, noWait };
        var move = new Command("move", "Have the home make place for a node") { name };
        var command = new Command("cluster", "Look after the nodes of a cluster") { database, status, drain, move };
        foreach (var each in command.Subcommands)
        {
            each.Validators.Add(result =>
            {
                var text = result.GetValue(database) ?? Environment.GetEnvironmentVariable(Variable);
                if (!DatabaseAddress.TryParse(text ?? "", out _))
                {
                    result.AddError(string.IsNullOrEmpty(text) ? $"--cluster or {Variable} is missing: give {DatabaseAddress.Form}" : $"--cluster will not do: give {DatabaseAddress.Form}");
                }
            });
        }

        status.SetAction((arguments, cancellationToken) => ClusterCommand.StatusAsync(Of(arguments), arguments.GetValue(json), Console.Out, Console.Error, cancellationToken));
        drain.SetAction((arguments, cancellationToken) => ClusterCommand.DrainAsync(Of(arguments), arguments.GetValue(name)!, !arguments.GetValue(noWait), Console.Out, Console.Error, cancellationToken));
        move.SetAction((arguments, cancellationToken) => ClusterCommand.MoveAsync(Of(arguments), arguments.GetValue(name)!, Console.Out, Console.Error, cancellationToken));
        ExamplesHelpAction.AddTo(command, Examples);
        return command;

        DatabaseAddress Of(ParseResult arguments)
            => DatabaseAddress.TryParse(arguments.GetValue(database) ?? Environment.GetEnvironmentVariable(Variable) ?? "", out var address)
                ? address
                : throw new InvalidOperationException("It was looked at before.");
    }
}
