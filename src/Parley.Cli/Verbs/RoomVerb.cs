using System.CommandLine;
using System.Globalization;
using Parley.Cli.Tokens;
using Parley.Server.Admin;

namespace Parley.Cli.Verbs;

/// <summary><c>parley room</c>: the registered rooms of a running server.</summary>
internal static class RoomVerb
{
    private const string Examples =
        """
        parley room list                        every registered room
        parley room info vault --json           one of them, with its roles, for programs
        parley room register vault Ann          makes Ann the founder of a room, which need not be there
        parley room transfer vault Bob          gives it another founder; the one before stays an operator
        parley room unregister vault --yes      it goes with its last member, and with it what was said behind its rules

        They ask the server over its Unix socket, as parley status does.
        Exit code: 0 done, 1 not done or no server answers, 2 wrong arguments or settings, 130 Ctrl+C.
        """;

    public static Command Create() => new("room", "Look after the registered rooms of the running server")
    {
        AdminVerbs.With(new Command("list", "List the registered rooms"), _ => new AdminRequest("room-list"), ShowList, examples: Examples),
        On("info", "Say who owns a room, and who has a role in it", "room-info", ShowInfo),
        WithAccount("register", "Register a room for an account", "room-register", "is registered"),
        WithAccount("transfer", "Give a room another founder", "room-transfer", "has another founder"),
        Unregister(),
    };

    private static Command On(string name, string description, string request, Action<AdminAnswer> show)
    {
        var room = NameArguments.Room("ROOM", "The room");
        return AdminVerbs.With(
            new Command(name, description) { room }, arguments => new AdminRequest(request) { Room = arguments.GetValue(room).Value }, show, examples: Examples);
    }

    private static Command WithAccount(string name, string description, string request, string done)
    {
        var room = NameArguments.Room("ROOM", "The room");
        var account = NameArguments.User("ACCOUNT", "The account that owns it from then on");
        return AdminVerbs.With(
            new Command(name, description) { room, account },
            arguments => new AdminRequest(request) { Room = arguments.GetValue(room).Value, User = arguments.GetValue(account).Value },
            answer => Console.Out.WriteLine($"{answer.Done![0]} {done}"),
            examples: Examples);
    }

    private static Command Unregister()
    {
        var yes = new Option<bool>("--yes") { Description = "Do it: the roles are gone then" };
        var command = On("unregister", "End the registration of a room", "room-unregister", answer => Console.Out.WriteLine($"{answer.Done![0]} is registered no more"));
        command.Options.Add(yes);
        command.Validators.Add(result =>
        {
            if (!result.GetValue(yes))
            {
                result.AddError("This ends the registration of a room with all its roles: add --yes");
            }
        });
        return command;
    }

    private static void ShowList(AdminAnswer answer) => TokenCommand.WriteTable(
    [
        ["ROOM", "FOUNDER", "REGISTERED", "ROLES", "USERS", "SECRET"],
        .. answer.Registrations!.Select(room => new[]
        {
            room.Name, room.Founder, TokenCommand.Text(room.Registered), Number(room.Roles.Count), Number(room.Users), room.Secret ? "yes" : "-",
        }),
    ]);

    private static void ShowInfo(AdminAnswer answer)
    {
        var room = answer.Registrations![0];
        TokenCommand.WriteTable(
        [
            ["room", room.Name],
            ["founder", room.Founder],
            ["registered", TokenCommand.Text(room.Registered)],
            ["users", Number(room.Users)],
            ["secret", room.Secret ? "yes" : "-"],
            .. room.Topic is { } topic ? [["topic", topic]] : Array.Empty<string[]>(),
            .. room.Roles.Select(role => new[] { role.Role, $"{role.Account}, since {TokenCommand.Text(role.Since)}" }),
        ]);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
