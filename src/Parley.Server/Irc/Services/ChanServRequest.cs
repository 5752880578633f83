using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Server.Accounts;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Services;

/// <summary>Request of one client to ChanServ about one channel.</summary>
internal sealed class ChanServRequest(IrcService service, IrcSession session, ChanServCommand command, string[] arguments)
{
    private const string Login = "/msg NickServ IDENTIFY account password";

    public IrcSession Session => session;

    public ChanServCommand Command => command;

    /// <summary>The room; empty if the command is about none.</summary>
    public RoomName Room { get; } = arguments.Length > 0 && IrcChannel.TryParse(arguments[0], out var room) ? room : default;

    /// <summary>The room as IRC writes it.</summary>
    public string Channel => $"#{Room}";

    public void Answer(string text) => service.Tell(session, text);

    /// <summary>Asks the broker, and says why it refused; null if it did not.</summary>
    public async ValueTask<string?> RefusalAsync(Intention what, CancellationToken cancellationToken)
    {
        session.AnswersFollow();
        return RoomRoles.Refusal((await session.Broker.AskAsync(session.Session.Id, what, cancellationToken)).Verdict, Channel, Login);
    }

    /// <summary>The registration of the channel; null if there is none that the client may know of, which it is told.</summary>
    public async ValueTask<RegistrationView?> FindAsync(CancellationToken cancellationToken)
    {
        var view = await session.LookAsync(new FindRegistration(Room), cancellationToken);
        if (view is null)
        {
            Answer($"Channel {Channel} is not registered");
        }

        return view;
    }

    /// <summary>The roles in the channel; null if the client may not know them, which it is told.</summary>
    public async ValueTask<IReadOnlyList<RoomRole>?> FindRolesAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { } view)
        {
            return null;
        }

        if (!view.ShowsRoles)
        {
            Answer($"Roles are shown to members of {Channel}: join it first");
            return null;
        }

        return [new RoomRole(view.Registration.Founder, MemberRank.Operator, view.Registration.Registered), .. view.Registration.Roles];
    }

    /// <summary>The account of a name; null if there is none, which the client is told.</summary>
    public async ValueTask<ProvenAccount?> FindAccountAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            if (UserName.TryParse(name, out var user) && await session.Context.Accounts.FindAsync(user, cancellationToken) is { } account)
            {
                return account.Proven;
            }
        }
        catch (AccountStoreException)
        {
            session.Context.AccountWatch.HasFailed();
            Answer("Accounts cannot be looked up now, try again later");
            return null;
        }

        Answer($"There is no account {IrcTexts.Word(name)}: roles are given to accounts, not to nicks");
        return null;
    }

    /// <summary>True if the client has given the code that says that it means it; otherwise it is told the code, if it may do it.</summary>
    public async ValueTask<bool> ConfirmAsync(string? code, CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { } view)
        {
            return false;
        }

        var self = session.Self.Profile;
        if (!self.May(ServerRights.Rooms) && view.Registration.Founder.Id != self.Login?.Id)
        {
            Answer(RoomRoles.Refusal(Verdict.NotFounder, Channel, Login)!);
            return false;
        }

        var words = string.Join(' ', arguments.Take(string.IsNullOrEmpty(code) ? arguments.Length : arguments.Length - 1));
        var expected = CodeOf(view, words);
        if (string.Equals(code, expected, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        Answer($"That cannot be undone. To confirm, run this command: /CS {command.Word} {words} {expected}");
        return false;
    }

    /// <summary>A code that is another for each registration and each thing to do. It is no secret, only not typed by mistake.</summary>
    private string CodeOf(RegistrationView view, string words)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{command.Word} {words.ToUpperInvariant()} {view.Registration.Registered.UtcTicks} {view.Registration.Founder.Id.Value}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];
    }
}
