using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Server.Accounts;
using Parley.Server.Irc.Accounts;
using Parley.Server.Irc.Registration;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Services;

/// <summary>Accounts by message, for clients without SASL and for habits.</summary>
internal sealed partial class NickServ() : IrcService("NickServ")
{
    protected override async ValueTask RunAsync(IrcSession session, string command, string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            if (await RunAccountAsync(session, command, arguments, cancellationToken))
            {
                return;
            }
        }
        catch (AccountStoreException)
        {
            session.Context.AccountWatch.HasFailed();
            Answer(session, "Accounts cannot be looked up or changed now, try again later");
            return;
        }

        switch (command, arguments)
        {
            case ("IDENTIFY" or "LOGIN" or "ID", [var password]):
                await IdentifyAsync(session, session.Nick, password, cancellationToken);
                break;
            case ("IDENTIFY" or "LOGIN" or "ID", [var account, var password]):
                await IdentifyAsync(session, account, password, cancellationToken);
                break;
            case ("REGISTER", [var password, .. var more]) when more.Length <= 2:
                await RegisterAsync(session, password, more, cancellationToken);
                break;
            case ("REGAIN" or "RECOVER" or "GHOST" or "RELEASE", [var nick, ..]):
                await RegainAsync(session, nick, cancellationToken);
                break;
            case ("HELP", _):
                Answer(session, "IDENTIFY [account] password: log in, and take your name");
                Answer(session, "REGISTER password [email] [invitation]: make an account of the name that you wear");
                Answer(session, "REGAIN nick: take your name back from whoever wears it");
                foreach (var line in session.Self.Profile.May(ServerRights.Invite) ? [.. AccountHelp, .. OperatorHelp] : AccountHelp)
                {
                    Answer(session, line);
                }

                break;
            case ("IDENTIFY" or "LOGIN" or "ID" or "REGISTER" or "REGAIN" or "RECOVER" or "GHOST" or "RELEASE" or "VERIFY" or "SENDPASS" or "RESETPASS" or "PASSWD" or "SET" or "DEVICES" or "LOGOUT", _):
                Answer(session, $"{command} needs other words behind it: /msg NickServ HELP says which");
                break;
            default:
                Answer(session, $"There is no command {IrcTexts.Word(command)}: /msg NickServ HELP says which there are");
                break;
        }
    }

    private async ValueTask IdentifyAsync(IrcSession session, string name, string password, CancellationToken cancellationToken)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, session.Session.Outbox.Ended);
        var (account, refusal, proof) = await session.Context.Access.Passwords.TryAsync(name, password, session.Peer.Address, gone.Token, userId: session.Self.UserId);
        if (account is null)
        {
            Answer(session, refusal);
            return;
        }

        if (await AccountEntry.LogInAsync(session, new(account.Proven, proof), cancellationToken) is { } unfit)
        {
            Answer(session, unfit);
            return;
        }

        Answer(session, $"You are now identified for {account.Name}");
        if (session.Self.Name != account.Name)
        {
            session.AnswersFollow();
            await IrcNames.TakeAsync(session, account.Name, cancellationToken);
        }
    }

    private async ValueTask RegisterAsync(IrcSession session, string password, string[] more, CancellationToken cancellationToken)
    {
        if (session.Registration.Login is { } login)
        {
            Answer(session, $"You are logged in as {login.Name} already");
            return;
        }

        // An invitation is known by its form: anything else is to be an e-mail address.
        var invitation = Array.Find(more, SecretCode.IsForm);
        var wish = new RegistrationWish(session.Self.Name, password)
        {
            Email = Array.Find(more, word => word != invitation),
            Invitation = invitation ?? "",
            UserId = session.Self.UserId,
        };
        try
        {
            await AnswerAsync(session, await session.Context.Access.Desk!.Registrar.RegisterAsync(wish, session.Peer.Address, cancellationToken), cancellationToken);
        }
        catch (AccountStoreException)
        {
            session.Context.AccountWatch.HasFailed();
            Answer(session, "Accounts cannot be made now, try again later");
        }
    }

    private async ValueTask RegainAsync(IrcSession session, string nick, CancellationToken cancellationToken)
    {
        if (session.Self.Profile.Login is not { } login)
        {
            Answer(session, LogInFirst);
        }
        else if (!UserName.TryParse(nick, out var name) || name != login.Name)
        {
            Answer(session, $"Your name is {login.Name}: REGAIN takes no other");
        }
        else if (session.Self.Name == name || await IrcNames.TakeAsync(session, name, cancellationToken))
        {
            Answer(session, $"You wear {name}");
        }
    }
}
