using System.CommandLine;
using System.Globalization;
using Parley.Cli.Admin;
using Parley.Server.Admin;

namespace Parley.Cli.Verbs;

/// <summary><c>parley audit</c>: decisions of moderators and operators of a running server.</summary>
internal static class AuditVerb
{
    private const string Examples =
        """
        parley audit                               the last 50 decisions
        parley audit --last 500 --json | jq -r '.audit[].actor'
        parley audit --since 2026-11-30            of that day and later, in UTC

        It asks the server over its Unix socket. Exit code: 0 done, 1 not done or no server answers, 2 wrong arguments or settings, 130 Ctrl+C.
        """;

    public static Command Create()
    {
        var last = NumberOption.Optional("--last", "Number of decisions, the newest [default: 50]", 1, 1000);
        var since = new Option<DateTimeOffset?>("--since")
        {
            HelpName = "TIME",
            Description = "Only decisions from this time on, UTC: 2026-11-30 or 2026-11-30T14:00",
            CustomParser = result =>
            {
                if (DateTimeOffset.TryParse(
                    result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
                {
                    return time;
                }

                result.AddError($"'{result.Tokens[0].Value}' will not do: give a time such as 2026-11-30 or 2026-11-30T14:00");
                return null;
            },
        };
        var command = new Command("audit", "Show what moderators and operators have decided") { last, since };
        var server = new AdminOption();
        server.AddTo(command);
        ExamplesHelpAction.AddTo(command, Examples);
        command.SetAction((arguments, cancellationToken) => AdminCommand.RunAsync(
            () => server.Of(arguments),
            new AdminRequest("audit") { Last = arguments.GetValue(last), Since = arguments.GetValue(since) },
            server.IsJson(arguments),
            AdminCommand.ShowAudit,
            waitForEnd: false,
            cancellationToken));
        return command;
    }
}
