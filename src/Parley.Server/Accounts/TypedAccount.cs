using System.Globalization;
using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Core.Moderation;
using Parley.Core.Names;
using Parley.Server.Connections;

namespace Parley.Server.Accounts;

/// <summary>
/// Steps of one person about an account, by typing: <c>make NAME [e-mail] [invitation]</c>, <c>verify</c>, <c>email</c>, <c>password</c>, <c>recover</c>,
/// <c>devices</c>, <c>token</c>, <c>logout</c>. A password is never part of a command: it is the next line.
/// </summary>
internal sealed class TypedAccount(AccountAccess? access, ClientPeer peer)
{
    /// <summary>Usage, a line each, of which the first says all of them.</summary>
    public static readonly IReadOnlyList<string> Usage =
    [
        "/account make {name} [e-mail] [invitation], /account verify {name} {code}: make an account",
        "/account recover {name}, then /account recover {name} {code}: set a forgotten password",
        "/account password: set another password, which logs everything else out",
        "/account email {address}, then /account verify {code}: have an e-mail address for that",
        "/account devices, /account logout {number} or all: what is logged in to your account",
        "/account always-on on or off: stay in your rooms when you are not connected, and be away then",
        "/account token [words]: make a token for a program, which is used as a password",
    ];

    private const string Private = "Others could read that on this connection: connect over TLS, or from the server's own machine";
    private const string Cannot = "Accounts cannot be looked up or changed now, try again later";

    private Func<string, CancellationToken, ValueTask<TypedAnswer>>? _next;

    /// <summary>True if the next line is a password, whatever it looks like.</summary>
    public bool AwaitsPassword => _next is not null;

    /// <summary>Takes a command.</summary>
    /// <param name="text">What follows the command's word.</param>
    /// <param name="session">The person's session.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<TypedAnswer> RunAsync(string text, Session session, CancellationToken cancellationToken)
    {
        if (access?.Desk is not { } desk)
        {
            return new("This server has no accounts");
        }

        var login = session.User?.Profile.Login;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            return words switch
            {
                [] or ["help"] => new([.. Usage]),
                ["make", _, ..] or ["verify", ..] or ["recover", _, ..] or ["token", ..] or ["password"] when !peer.IsPrivate => new(Private),
                ["make", var name, .. var more] when more.Length <= 2 => Make(name, more, session.User?.Id ?? 0),
                ["verify", var name, var code] => await VerifyAsync(desk, name, code, session.User?.Id ?? 0, cancellationToken),
                ["verify" or "email" or "devices" or "logout" or "token" or "password", ..] when login is null => new("Log in first with /login {name}"),
                ["verify", var code] => new((await desk.Addresses.EndAsync(login!, code, peer.Address, cancellationToken)).Words),
                ["password"] => AskBefore(login!, current => AskNew(desk, login!, current, session)),
                ["email", var email] => await EmailAsync(desk, login!, email, session, cancellationToken),
                ["recover", var name] => new(desk.Recovery.Begin(name, peer.Address).Words),
                ["recover", var name, var code] => Recover(desk, name, code),
                ["devices"] => await ListAsync(desk, login!, cancellationToken),
                ["logout", var which] => await LogOutAsync(desk, login!, which, cancellationToken),
                ["token", .. var name] => await IssueAsync(desk, login!, string.Join(' ', name), session, cancellationToken),
                _ => new(["Usage:", .. Usage]),
            };
        }
        catch (AccountStoreException)
        {
            return new(Cannot);
        }
    }

    /// <summary>Takes the line that a command has asked for.</summary>
    public async ValueTask<TypedAnswer> TakeAsync(byte[] line, CancellationToken cancellationToken)
    {
        var next = _next!;
        _next = null;
        if (line.Length == 0)
        {
            return new("Given up, and nothing has changed");
        }

        try
        {
            return await next(Encoding.UTF8.GetString(line), cancellationToken);
        }
        catch (AccountStoreException)
        {
            return new(Cannot);
        }
    }

    /// <summary>A device in words.</summary>
    public static string Describe(Device device) => string.Create(
        CultureInfo.InvariantCulture,
        $"{device.Id}  {device.Name}, logged in on {device.Made.UtcDateTime:yyyy-MM-dd}, last seen {device.LastSeen.UtcDateTime:yyyy-MM-dd HH:mm} UTC");

    private TypedAnswer Make(string name, string[] more, long userId)
    {
        var email = Array.Find(more, word => word.Contains('@', StringComparison.Ordinal));
        var invitation = Array.Find(more, word => !word.Contains('@', StringComparison.Ordinal));
        if (!UserName.TryParse(name, out var user) || (email is null ? 0 : 1) + (invitation is null ? 0 : 1) != more.Length)
        {
            return new(user.IsEmpty ? NameWords.Rule(name, "Account names") : Usage[0]);
        }

        _next = async (password, cancellationToken) =>
        {
            var wish = new RegistrationWish(user, password) { Email = email, Invitation = invitation ?? "", UserId = userId };
            return Answer(await access!.Desk!.Registrar.RegisterAsync(wish, peer.Address, cancellationToken), $"/account verify {user} {{code}}");
        };
        return new($"Send a password for {user} as the next line, or an empty line to give up");
    }

    private async ValueTask<TypedAnswer> VerifyAsync(AccountDesk desk, string name, string code, long userId, CancellationToken cancellationToken)
        => UserName.TryParse(name, out var user)
            ? Answer(await desk.Registrar.VerifyAsync(user, code, userId, peer.Address, cancellationToken), "")
            : new(NameWords.Rule(name, "Account names"));

    private static TypedAnswer Answer(RegistrationOutcome outcome, string next)
        => outcome.Refusal is { } refusal ? new(refusal.Reason)
            : outcome.Account is { } account
                ? new(outcome.Words.Length == 0 ? [$"{account.Name} is your account now"] : [$"{account.Name} is your account now", outcome.Words]) { Login = new(account.Proven, outcome.Proof) }
            : new($"{outcome.Words}, with {next}");

    private TypedAnswer Recover(AccountDesk desk, string name, string code)
    {
        _next = async (password, cancellationToken)
            => new(await desk.Recovery.EndAsync(name, code, password, peer.Address, cancellationToken) ?? $"Your account has another password, and everything else is logged out: log in with /login {name}");
        return new("Send the new password as the next line, or an empty line to give up");
    }

    private TypedAnswer AskBefore(ProvenAccount login, Func<string, TypedAnswer> then)
    {
        _next = (password, _) => new(then(password));
        return new($"Send the password of {login.Name} as the next line, or an empty line to give up");
    }

    private TypedAnswer AskNew(AccountDesk desk, ProvenAccount login, string current, Session session)
    {
        _next = async (password, cancellationToken)
            => new((await desk.Passwords.SetAsync(login, current, password, peer.Address, [session], cancellationToken)).Refusal ?? "Your account has another password, and everything else is logged out");
        return new("Send the new password as the next line, or an empty line to give up");
    }

    private async ValueTask<TypedAnswer> EmailAsync(AccountDesk desk, ProvenAccount login, string email, Session session, CancellationToken cancellationToken)
    {
        if (!await desk.Passwords.NeedsProofAsync(login, session.Device, cancellationToken))
        {
            return new(await desk.Addresses.BeginAsync(login, email, peer.Address, cancellationToken));
        }

        _next = async (password, next)
            => new(await desk.Passwords.ProveAsync(login, password, peer.Address, next) ?? await desk.Addresses.BeginAsync(login, email, peer.Address, next));
        return new($"Send the password of {login.Name} as the next line, or an empty line to give up: this connection came by a token");
    }

    private static async ValueTask<TypedAnswer> ListAsync(AccountDesk desk, ProvenAccount login, CancellationToken cancellationToken)
    {
        var devices = await desk.Devices.ListAsync(login.Id, cancellationToken);
        return devices.Count == 0 ? new("Nothing stays logged in to your account") : new([.. devices.Select(Describe)]);
    }

    private static async ValueTask<TypedAnswer> LogOutAsync(AccountDesk desk, ProvenAccount login, string which, CancellationToken cancellationToken)
        => which == "all" ? new($"Logged out: {await desk.Devices.RemoveAllAsync(login.Id, cancellationToken)}")
            : long.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && await desk.Devices.RemoveAsync(login.Id, id, cancellationToken) is { } device
                ? new($"Logged out: {device.Name}")
            : new($"Nothing of that number is logged in to your account: /account devices says what is");

    private async ValueTask<TypedAnswer> IssueAsync(AccountDesk desk, ProvenAccount login, string name, Session session, CancellationToken cancellationToken)
    {
        if (await desk.Passwords.NeedsProofAsync(login, session.Device, cancellationToken))
        {
            return new("A token has logged you in, and makes no other: log in with the password first");
        }

        if (await access!.Mailboxes.FindAsync(login.Name, cancellationToken) is not { } found || found.Id != login.Id)
        {
            return new("Your account is not there any more");
        }

        if (await desk.Devices.IssueAsync(session, login, name.Length == 0 ? "a program" : name, cancellationToken) is not var (device, token))
        {
            return new(session.CloseReason!);
        }

        return new(token, $"It is shown this once, is used as a password, and ends after {BanTime.Of(device.Until - device.Made)} without use, or with /account logout {device.Id}");
    }
}
