using System.Globalization;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Moderation;
using Parley.Core.Names;
using Parley.Server.Accounts;
using Parley.Server.Irc.Accounts;
using Parley.Server.Irc.Sessions;
using Parley.Server.Moderation;

namespace Parley.Server.Irc.Services;

/// <content>Codes by e-mail, devices, and invitations.</content>
internal sealed partial class NickServ
{
    private const string LogInFirst = "Log in first: /msg NickServ IDENTIFY account password";

    private static readonly string[] AccountHelp =
    [
        "VERIFY [account] code: give a code back that was sent by e-mail",
        "SENDPASS account: have a code sent that sets a forgotten password",
        "RESETPASS account code password: set another password by that code",
        "PASSWD password new: set another password, which logs everything else out",
        "SET EMAIL address: have an e-mail address for a forgotten one (SET EMAIL address password, where a token has logged you in)",
        "SET ALWAYS-ON on|off: stay in your rooms when you are not connected, and be away then",
        "DEVICES: list what stays logged in to your account",
        "LOGOUT number|ALL: log one of them out, or all",
        "TOKEN [words]: make a token for a program, which is used as a password",
    ];

    private static readonly string[] OperatorHelp =
    [
        "INVITE [accounts] [time] [note]: make an invitation to make accounts",
        "INVITES: list those that are good",
        "UNINVITE number: revoke one",
    ];

    /// <summary>Carries out a command of these; false if it is none.</summary>
    private async ValueTask<bool> RunAccountAsync(IrcSession session, string command, string[] arguments, CancellationToken cancellationToken)
    {
        var desk = session.Context.Access.Desk!;
        var login = session.Session.User?.Profile.Login;
        var mayInvite = session.Session.User?.Profile.May(ServerRights.Invite) == true;
        switch (command, arguments)
        {
            case ("VERIFY", [var account, var code]):
                await VerifyAsync(session, desk, account, code, cancellationToken);
                break;
            case ("SENDPASS", [var account]):
                Answer(session, desk.Recovery.Begin(account, session.Peer.Address).Words);
                break;
            case ("RESETPASS", [var account, var code, var password]):
                Answer(session, await desk.Recovery.EndAsync(account, code, password, session.Peer.Address, cancellationToken) ?? "Your account has another password, and everything else is logged out");
                break;
            case ("VERIFY" or "SET" or "DEVICES" or "SESSIONS" or "CLIENTS" or "LOGOUT" or "TOKEN" or "PASSWD", _) when login is null:
                Answer(session, LogInFirst);
                break;
            case ("VERIFY", [var code]):
                Answer(session, (await desk.Addresses.EndAsync(login!, code, session.Peer.Address, cancellationToken)).Words);
                break;
            case ("PASSWD", [var current, var password]):
                await SetPasswordAsync(session, desk, login!, current, password, cancellationToken);
                break;
            case ("PASSWD", [var current, var password, var again]):
                await SetPasswordAsync(session, desk, login!, current, again == password ? password : "", cancellationToken);
                break;
            case ("SET", [var what, ..]) when what.Equals("PASSWORD", StringComparison.OrdinalIgnoreCase) || what.Equals("PASS", StringComparison.OrdinalIgnoreCase):
                Answer(session, "Another password takes the one before: /msg NickServ PASSWD password new");
                break;
            case ("SET", [var what, var email, .. var password]) when what.Equals("EMAIL", StringComparison.OrdinalIgnoreCase) && password.Length <= 1:
                await SetEmailAsync(session, desk, login!, email, password, cancellationToken);
                break;
            case ("SET", [var what, var value]) when what.Equals("ALWAYS-ON", StringComparison.OrdinalIgnoreCase) && IsOn(value) is { } isOn:
                Answer(session, await session.Context.Access.AlwaysOn.SetAsync(session.Session, isOn, cancellationToken));
                break;
            case ("DEVICES" or "SESSIONS" or "CLIENTS", [] or [_]):
                await ListDevicesAsync(session, desk, login!, cancellationToken);
                break;
            case ("LOGOUT", [var which]):
                await LogOutAsync(session, desk, login!, which, cancellationToken);
                break;
            case ("TOKEN", _):
                await IssueTokenAsync(session, desk, login!, string.Join(' ', arguments), cancellationToken);
                break;
            case ("INVITE", _) when mayInvite:
                await InviteAsync(session, arguments, cancellationToken);
                break;
            case ("INVITES", []) when mayInvite:
                await ListInvitationsAsync(session, cancellationToken);
                break;
            case ("UNINVITE", [var number]) when mayInvite:
                await UninviteAsync(session, number, cancellationToken);
                break;
            default:
                return false;
        }

        return true;
    }

    /// <summary>State that a word asks a switch to have; null for another word.</summary>
    private static bool? IsOn(string value) => value.ToUpperInvariant() switch
    {
        "ON" or "TRUE" or "YES" => true,
        "OFF" or "FALSE" or "NO" => false,
        _ => null,
    };

    private async ValueTask SetPasswordAsync(IrcSession session, AccountDesk desk, ProvenAccount login, string current, string password, CancellationToken cancellationToken)
        => Answer(session, password.Length == 0 ? "The two new passwords differ, and nothing has changed"
            : (await desk.Passwords.SetAsync(login, current, password, session.Peer.Address, [session.Session], cancellationToken)).Refusal
                ?? "Your account has another password, and everything else is logged out");

    private async ValueTask SetEmailAsync(IrcSession session, AccountDesk desk, ProvenAccount login, string email, string[] password, CancellationToken cancellationToken)
        => Answer(session, !await desk.Passwords.NeedsProofAsync(login, session.Session.Device, cancellationToken)
            ? await desk.Addresses.BeginAsync(login, email, session.Peer.Address, cancellationToken)
            : password is not [var proof] ? "A token has logged you in: /msg NickServ SET EMAIL address password"
            : await desk.Passwords.ProveAsync(login, proof, session.Peer.Address, cancellationToken)
                ?? await desk.Addresses.BeginAsync(login, email, session.Peer.Address, cancellationToken));

    private async ValueTask VerifyAsync(IrcSession session, AccountDesk desk, string account, string code, CancellationToken cancellationToken)
    {
        if (!UserName.TryParse(account, out var name))
        {
            Answer(session, NameWords.Rule(account, "Account names"));
            return;
        }

        // Whoever is logged in gives back the code for an address.
        if (session.Self.Profile.Login is { } login)
        {
            Answer(session, login.Name == name
                ? (await desk.Addresses.EndAsync(login, code, session.Peer.Address, cancellationToken)).Words
                : $"You are logged in as {login.Name} already");
            return;
        }

        await AnswerAsync(session, await desk.Registrar.VerifyAsync(name, code, session.Self.UserId, session.Peer.Address, cancellationToken), cancellationToken);
    }

    private async ValueTask AnswerAsync(IrcSession session, RegistrationOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Refusal is { } refusal)
        {
            Answer(session, refusal.Reason);
        }
        else if (outcome.Account is not { } account)
        {
            Answer(session, $"{outcome.Words}, with /msg NickServ VERIFY account code");
        }
        else
        {
            Answer(session, $"{account.Name} is your account now");
            if (outcome.Words.Length > 0)
            {
                Answer(session, outcome.Words);
            }

            await AccountEntry.LogInAsync(session, new(account.Proven, outcome.Proof), cancellationToken);
        }
    }

    private async ValueTask ListDevicesAsync(IrcSession session, AccountDesk desk, ProvenAccount login, CancellationToken cancellationToken)
    {
        var devices = await desk.Devices.ListAsync(login.Id, cancellationToken);
        foreach (var device in devices)
        {
            Answer(session, TypedAccount.Describe(device));
        }

        if (devices.Count == 0)
        {
            Answer(session, "Nothing stays logged in to your account");
        }
    }

    private async ValueTask LogOutAsync(IrcSession session, AccountDesk desk, ProvenAccount login, string which, CancellationToken cancellationToken)
        => Answer(
            session,
            which.Equals("ALL", StringComparison.OrdinalIgnoreCase) ? $"Logged out: {await desk.Devices.RemoveAllAsync(login.Id, cancellationToken)}"
            : long.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && await desk.Devices.RemoveAsync(login.Id, id, cancellationToken) is { } device
                ? $"Logged out: {device.Name}"
            : "Nothing of that number is logged in to your account: /msg NickServ DEVICES says what is");

    private async ValueTask IssueTokenAsync(IrcSession session, AccountDesk desk, ProvenAccount login, string name, CancellationToken cancellationToken)
    {
        if (!session.Peer.IsPrivate)
        {
            Answer(session, "Others could read that on this connection: connect over TLS, or from the server's own machine");
        }
        else if (await session.Context.Accounts.FindAsync(login.Name, cancellationToken) is not { } account || account.Id != login.Id)
        {
            Answer(session, "Your account is not there any more");
        }
        else if (await desk.Passwords.NeedsProofAsync(login, session.Session.Device, cancellationToken))
        {
            Answer(session, "A token has logged you in, and makes no other: IDENTIFY with the password first");
        }
        else if (await desk.Devices.IssueAsync(session.Session, login, name.Length == 0 ? "a program" : name, cancellationToken) is var (device, token))
        {
            Answer(session, token);
            Answer(session, $"It is shown this once, is used as a password, and ends after {BanTime.Of(device.Until - device.Made)} without use, or with LOGOUT {device.Id}");
        }
    }

    private async ValueTask InviteAsync(IrcSession session, string[] arguments, CancellationToken cancellationToken)
    {
        var rest = arguments.AsEnumerable();
        var uses = 1;
        if (arguments is [var first, ..] && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            (uses, rest) = (count, rest.Skip(1));
        }

        var time = InvitationDesk.DefaultTime;
        if (rest.FirstOrDefault() is { } word && BanTime.TryParse(word, out _))
        {
            (time, rest) = (word, rest.Skip(1));
        }

        var self = session.Self;
        var (made, code, refusal) = await session.Context.Invitations.AddAsync(
            uses, time, string.Join(' ', rest), self.Name.Value, self.Profile.Login?.Id.Value ?? 0, cancellationToken);
        Answer(session, refusal ?? $"Invitation {made!.Id}, shown this once: {session.Context.Invitations.LinkOf(code) ?? code}");
        if (refusal is null)
        {
            Answer(session, "Who has it makes an account with /msg NickServ REGISTER password [email] code, with /account make {name} code where commands are typed, or on the page");
        }
    }

    private async ValueTask ListInvitationsAsync(IrcSession session, CancellationToken cancellationToken)
    {
        var invitations = await session.Context.Invitations.ListAsync(cancellationToken);
        foreach (var its in invitations)
        {
            var end = its.Expires is { } expires ? string.Create(CultureInfo.InvariantCulture, $"until {expires.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : "forever";
            Answer(session, $"{its.Id}  {its.Uses} left, {its.Used} used, {end}, by {its.By}{(its.Note.Length == 0 ? "" : $": {its.Note}")}");
        }

        if (invitations.Count == 0)
        {
            Answer(session, "There are no invitations");
        }
    }

    private async ValueTask UninviteAsync(IrcSession session, string number, CancellationToken cancellationToken)
    {
        var self = session.Self;
        var id = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        Answer(session, await session.Context.Invitations.RemoveAsync(id, self.Name.Value, self.Profile.Login?.Id.Value ?? 0, cancellationToken) ?? $"Invitation {id} is revoked");
    }
}
