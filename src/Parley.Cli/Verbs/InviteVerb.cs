using System.CommandLine;
using System.Globalization;
using Parley.Cli.Tokens;
using Parley.Core.Moderation;
using Parley.Server.Admin;

namespace Parley.Cli.Verbs;

/// <summary><c>parley invite</c>: invitations to make accounts on a running server.</summary>
internal static class InviteVerb
{
    private const string Examples =
        """
        parley invite add                                    for one account, good for a week
        parley invite add --uses 20 --for 2d --note 'the choir'
        parley invite list --json | jq '.invitations[].uses'
        parley invite remove 3

        They ask the server over its Unix socket. An invitation opens registration where that is closed (--accounts closed); its code is shown once.
        Exit code: 0 done, 1 not done or no server answers, 2 wrong arguments or settings, 130 Ctrl+C.
        """;

    public static Command Create() => new("invite", "Invite people to make an account on the running server") { Add(), List(), Remove() };

    private static Command Add()
    {
        var uses = NumberOption.Create("--uses", "Accounts that can be made with it", 1, 1, 1000);
        var time = new Option<string?>("--for") { HelpName = "TIME", Description = "How long it is good: 12h, 2d, 1w, forever [default: 7d]" };
        time.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !BanTime.TryParse(text, out _))
            {
                result.AddError($"'{text}' will not do: give {BanTime.Form}");
            }
        });
        var note = new Option<string?>("--note") { HelpName = "TEXT", Description = "Whom it is for, for the list" };
        return AdminVerbs.With(
            new Command("add", "Make an invitation, and print its link, or its code: it is not shown again") { uses, time, note },
            arguments => new AdminRequest("invite") { Uses = arguments.GetValue(uses), For = arguments.GetValue(time), Text = arguments.GetValue(note) },
            answer => Console.Out.WriteLine(answer.Link ?? answer.Invitation),
            examples: Examples);
    }

    private static Command List()
        => AdminVerbs.With(new Command("list", "List the invitations that are good"), _ => new AdminRequest("invites"), Show, examples: Examples);

    private static Command Remove()
    {
        var number = new Argument<string>("NUMBER") { Description = "Its number, as the list has it" };
        return AdminVerbs.With(
            new Command("remove", "Revoke an invitation") { number },
            arguments => new AdminRequest("uninvite") { Subject = arguments.GetValue(number) },
            answer => Console.Out.WriteLine($"Invitation {answer.Done![0]} is revoked"),
            examples: Examples);
    }

    private static void Show(AdminAnswer answer) => TokenCommand.WriteTable(
    [
        ["NUMBER", "LEFT", "USED", "UNTIL", "BY", "NOTE"],
        .. answer.Invitations!.Select(its => new[]
        {
            Text(its.Id), Text(its.Uses), Text(its.Used), its.Expires is { } expires ? TokenCommand.Text(expires) : "-", its.By, its.Note.Length == 0 ? "-" : its.Note,
        }),
    ]);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
