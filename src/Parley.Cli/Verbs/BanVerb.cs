using System.CommandLine;
using Parley.Cli.Admin;
using Parley.Core.Moderation;
using Parley.Server.Admin;

namespace Parley.Cli.Verbs;

/// <summary><c>parley ban</c>: bans from a running server.</summary>
internal static class BanVerb
{
    private const string Examples =
        """
        parley ban add mallory --for 2d --reason 'enough of that'    an account, or a guest's address
        parley ban add 192.0.2.0/24 --dry-run                        says whom it would be about
        parley ban add 'spam*!*@*'                                   whoever takes such a name
        parley ban list --json | jq '.bans[].subject'
        parley ban remove mallory

        They ask the server over its Unix socket. The banned person is told the reason and the end, and every session that it is about ends.
        Exit code: 0 done, 1 not done or no server answers, 2 wrong arguments or settings, 130 Ctrl+C.
        """;

    public static Command Create()
    {
        var command = new Command("ban", "Ban people from the running server, and lift bans") { Add(), List(), Remove() };
        ExamplesHelpAction.AddTo(command, Examples);
        return command;
    }

    private static Command Add()
    {
        var subject = Subject("Whom: an account, a user who is there, an address, a network, or a mask");
        var time = new Option<string>("--for")
        {
            HelpName = "TIME",
            Description = "How long it holds: 30m, 12h, 2d, 1w, forever",
            DefaultValueFactory = _ => "forever",
        };
        time.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !BanTime.TryParse(text, out _))
            {
                result.AddError($"'{text}' will not do: give {BanTime.Form}");
            }
        });
        var reason = new Option<string?>("--reason") { HelpName = "TEXT", Description = "What the banned person is told" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say whom it would be about, and change nothing" };
        return With(
            new Command("add", "Ban somebody, and end the sessions that it is about") { subject, time, reason, dryRun },
            arguments => new AdminRequest("ban")
            {
                Subject = arguments.GetValue(subject),
                For = arguments.GetValue(time),
                Text = arguments.GetValue(reason),
                DryRun = arguments.GetValue(dryRun),
                By = Environment.UserName,
            },
            (arguments, answer) => AdminCommand.ShowBanned(answer, arguments.GetValue(dryRun)));
    }

    private static Command List()
        => With(new Command("list", "List the bans that hold"), _ => new AdminRequest("bans"), (_, answer) => AdminCommand.ShowBans(answer));

    private static Command Remove()
    {
        var subject = Subject("Whom, as the list has it");
        return With(
            new Command("remove", "Lift a ban") { subject },
            arguments => new AdminRequest("unban") { Subject = arguments.GetValue(subject), By = Environment.UserName },
            (_, answer) => Console.Out.WriteLine($"{answer.Bans![0].Subject} is banned no more"));
    }

    private static Argument<string> Subject(string description) => new("SUBJECT") { Description = description };

    private static Command With(Command command, Func<ParseResult, AdminRequest> request, Action<ParseResult, AdminAnswer> show)
    {
        var server = new AdminOption();
        server.AddTo(command);
        command.SetAction((arguments, cancellationToken) => AdminCommand.RunAsync(
            () => server.Of(arguments), request(arguments), server.IsJson(arguments), answer => show(arguments, answer), waitForEnd: false, cancellationToken));
        return command;
    }
}
