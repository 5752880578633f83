using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Parley.Cli.Verbs;

var root = new RootCommand("Parley, a chat server that anything can talk to.")
{
    ServeVerb.Create(),
    ChatVerb.Create(),
    HistoryVerb.Create(),
    AccountVerb.Create(),
    OperatorVerb.Create(),
    TokenVerb.Create(),
    HookVerb.Create(),
    BotsVerb.Create(),
    BenchVerb.Create(),
    SweepVerb.Create(),
    ResolveVerb.Create(),
    EchoVerb.Create(),
    CollectVerb.Create(),
};
root.SetAction(arguments => new HelpAction().Invoke(arguments));

// An argument that starts with @ is a name or a text here, never a file of further arguments.
ParseResult arguments = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (arguments.Action is ParseErrorAction)
{
    foreach (string message in arguments.Errors.Select(error => error.Message))
    {
        Console.Error.WriteLine(message);
    }

    string verb = "";
    for (CommandResult? at = arguments.CommandResult; at is { Command: not RootCommand }; at = at.Parent as CommandResult)
    {
        verb = $" {at.Command.Name}{verb}";
    }

    Console.Error.WriteLine($"Try: parley{verb} --help");
    return 2;
}

// No timeout: each verb handles its own signals, since a server drains for longer than a client takes to leave.
return await arguments.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
