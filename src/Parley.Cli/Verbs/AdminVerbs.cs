using System.CommandLine;
using Parley.Cli.Admin;
using Parley.Server.Admin;

namespace Parley.Cli.Verbs;

/// <summary>The verbs that look after a running server: <c>parley status</c>, <c>users</c>, <c>rooms</c>, <c>kick</c>, <c>announce</c>, <c>reload</c>, <c>upgrade</c>, <c>drain</c>.</summary>
internal static class AdminVerbs
{
    private const string Examples =
        """
        parley status                                  how the server of this user is
        parley users --json | jq '.users[].name'       everybody who is there, for programs
        parley rooms --data /srv/parley                another server's
        parley kick mallory --reason 'enough of that'  ends the connections of one user
        parley announce 'Back at 22:00'                said in every room; --room ROOM for one
        parley reload                                  reads settings and certificates again, and says what has changed
        parley upgrade                                 the file that the server was started from takes its place; connections stay
        parley drain                                   stops the server in order, and waits until it has gone

        They ask the server over its Unix socket, which its own user and the group of the file may open.
        Exit code: 0 done, 1 not done or no server answers, 2 wrong arguments or settings, 130 Ctrl+C.
        """;

    /// <summary>All of them, for the root command.</summary>
    public static IEnumerable<Command> Create() =>
    [
        Ask("status", "Say how the running server is", AdminCommand.ShowStatus),
        Ask("users", "List everybody who is there", AdminCommand.ShowUsers),
        Ask("rooms", "List every room with somebody in it", AdminCommand.ShowRooms),
        Kick(),
        Announce(),
        Ask("reload", "Have the running server read its settings and certificates again", AdminCommand.ShowReload),
        Upgrade(),
        Ask("drain", "Stop the running server in order: everything pending is sent first", _ => Console.Out.WriteLine("The server has stopped"), waitForEnd: true),
    ];

    private static Command Kick()
    {
        var user = NameArguments.User("NAME", "The user whose connections are ended");
        var reason = new Option<string?>("--reason") { HelpName = "TEXT", Description = "What the user and the user's rooms are told" };
        return With(
            new Command("kick", "End the connections of a user") { user, reason },
            arguments => new AdminRequest("kick") { User = arguments.GetValue(user).Value, Text = arguments.GetValue(reason) },
            answer => Console.Out.WriteLine($"{answer.Done![0]} is disconnected"));
    }

    private static Command Announce()
    {
        var text = new Argument<string>("TEXT") { Description = "What to say" };
        var room = NameArguments.Room("Only in this room");
        var name = NameArguments.UserOption("--as", "The name to say it under [default: announcement]");
        return With(
            new Command("announce", "Say something in every room") { text, room, name },
            arguments => new AdminRequest("announce")
            {
                Text = arguments.GetValue(text),
                Room = arguments.GetResult(room) is null ? null : arguments.GetValue(room).Value,
                User = arguments.GetResult(name) is null ? null : arguments.GetValue(name).Value,
            },
            answer => Console.Out.WriteLine(answer.Done!.Count == 0 ? "There is nobody in any room" : $"Said in {string.Join(", ", answer.Done)}"));
    }

    private static Command Upgrade()
    {
        var program = PathArguments.Optional("--program", "FILE", "Another program than the file that the server was started from");
        return With(
            new Command("upgrade", "Have a newer program take the running server's place: connections in plain text stay, and nobody is seen to leave") { program },
            arguments => new AdminRequest("upgrade") { Program = arguments.GetValue(program) is { } file ? Path.GetFullPath(file) : null },
            AdminCommand.ShowUpgrade);
    }

    private static Command Ask(string name, string description, Action<AdminAnswer> show, bool waitForEnd = false)
        => With(new Command(name, description), _ => new AdminRequest(name), show, waitForEnd);

    /// <summary>Has a verb ask the server for something, and show the answer.</summary>
    internal static Command With(
        Command command, Func<ParseResult, AdminRequest> request, Action<AdminAnswer> show, bool waitForEnd = false, string examples = Examples)
    {
        var server = new AdminOption();
        server.AddTo(command);
        ExamplesHelpAction.AddTo(command, examples);
        command.SetAction((arguments, cancellationToken) => AdminCommand.RunAsync(
            () => server.Of(arguments), request(arguments) with { By = Environment.UserName }, server.IsJson(arguments), show, waitForEnd, cancellationToken));
        return command;
    }
}
