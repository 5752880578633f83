using System.Globalization;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Server.Accounts;
using Parley.Server.Connections;

namespace Parley.Server.Admin;

/// <summary>Commands of an administrator about registered rooms.</summary>
internal sealed class RoomCommands(IBroker broker, AccountService accounts, ILogger<RoomCommands> logger, AlwaysOn? alwaysOn = null, OpenSessions? sessions = null)
{
    /// <summary>Does what is asked; null if it is no command about registered rooms.</summary>
    public async Task<AdminAnswer?> RunAsync(AdminRequest request, CancellationToken cancellationToken)
    {
        switch (request.Command)
        {
            case "room-list":
                var views = await broker.LookAsync(SessionId.Server, new ListRegistrations(), cancellationToken);
                return new AdminAnswer { Registrations = [.. views.Items.Select(Shown)] };
            case "account-removed" when long.TryParse(request.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var id):
                alwaysOn?.EndUnless(account => account.Value != id);
                sessions?.EndOf(account => account.Value == id);
                await broker.AskAsync(SessionId.Server, new ForgetAccount(new AccountId(id)), cancellationToken);
                return new AdminAnswer { Done = [] };
            case "room-info" or "room-register" or "room-unregister" or "room-transfer" or "room-role":
                return RoomName.TryParse(request.Room, out var room)
                    ? await RunAsync(request, room, cancellationToken)
                    : AdminAnswer.Fail($"'{request.Room}' is not the name of a room: give {RoomName.Form}");
            default:
                return null;
        }
    }

    private async Task<AdminAnswer> RunAsync(AdminRequest request, RoomName room, CancellationToken cancellationToken)
    {
        ProvenAccount? account = null;
        if (request.Command is "room-register" or "room-transfer" or "room-role")
        {
            account = await FindAsync(request.User, cancellationToken);
            if (account is null)
            {
                return new AdminAnswer { Error = $"There is no account {request.User}: parley account list says which there are", Code = "ACCOUNT_DOES_NOT_EXIST" };
            }
        }

        return request.Command switch
        {
            "room-role" when RoomRoles.TryParse(request.Text ?? "", out var rank)
                => await DoAsync(new SetRole(room, account!, rank), room, $"{account!.Name} has the role {RoomRoles.Word(rank)}", cancellationToken),
            "room-role" => AdminAnswer.Fail($"'{request.Text}' is no role: give {RoomRoles.Form}"),
            "room-register" => await DoAsync(new RegisterRoom(room) { Founder = account }, room, $"it belongs to {account!.Name}", cancellationToken),
            "room-unregister" => await DoAsync(new UnregisterRoom(room), room, "it is registered no more", cancellationToken),
            "room-transfer" => await DoAsync(new TransferRoom(room, account!), room, $"it belongs to {account!.Name}", cancellationToken),
            _ => await InfoAsync(room, cancellationToken),
        };
    }

    private async Task<ProvenAccount?> FindAsync(string? name, CancellationToken cancellationToken)
        => UserName.TryParse(name, out var user) ? (await accounts.FindAsync(user, cancellationToken))?.Proven : null;

    private async Task<AdminAnswer> InfoAsync(RoomName room, CancellationToken cancellationToken)
        => await broker.LookAsync(SessionId.Server, new FindRegistration(room), cancellationToken) is { } view
            ? new AdminAnswer { Registrations = [Shown(view)] }
            : AdminAnswer.Fail($"{room} is not registered: parley room list says which are");

    private async Task<AdminAnswer> DoAsync(Intention what, RoomName room, string outcome, CancellationToken cancellationToken)
    {
        var verdict = (await broker.AskAsync(SessionId.Server, what, cancellationToken)).Verdict;
        var refusal = verdict == Verdict.NoSuchRoom ? $"{room} is not registered: parley room list says which are" : RoomRoles.Refusal(verdict, room.Value, "");
        if (refusal is not null)
        {
            return AdminAnswer.Fail(refusal);
        }

        Log.AdminDid(logger, what.GetType().Name, room.Value, outcome);
        return new AdminAnswer { Done = [room.Value] };
    }

    private static AdminRegistration Shown(RegistrationView view)
        => new(view.Room.Value, view.Registration.Founder.Name.Value, view.Registration.Registered, view.Members, view.IsSecret)
        {
            Topic = view.Topic,
            Roles = [.. view.Registration.Roles.Select(role => new AdminRole(role.Account.Name.Value, RoomRoles.Word(role.Rank), role.Since))],
        };
}
