using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Files;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Users;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Operators;

/// <summary>
/// <c>OPER name password</c>: becomes an operator of the server (https://modern.ircdocs.horse/#oper-message). <c>OPER account</c>: the same for
/// somebody who is logged in to an account that <c>parley account operator</c> has given rights.
/// </summary>
internal sealed class OperCommand() : IrcCommand("OPER", "name password | account", "makes you an operator of the server", minParameters: 1)
{
    /// <summary>Wrong passwords after which a connection ends: addresses behind gateways are not limited otherwise.</summary>
    private const int MaxWrong = 3;

    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var context = session.Context;
        if (session.Self.Profile.Login is { } login && UserName.TryParse(request[0], out var account) && account == login.Name)
        {
            try
            {
                if (await context.Accounts.Store.GetValueAsync(login.Id, OperatorClass.Kind, OperatorClass.Key, cancellationToken) is { } className)
                {
                    // The token of a device lets in, and is not the password: whoever has copied it looks after nobody's server.
                    var passwords = context.Access.Desk!.Passwords;
                    if (await passwords.NeedsProofAsync(login, session.Session.Device, cancellationToken)
                        && (request.Count < 2 ? NeedsPassword(login) : await passwords.ProveAsync(login, request[1], session.Peer.Address, cancellationToken)) is { } unproven)
                    {
                        session.Numeric(IrcNumeric.ERR_PASSWDMISMATCH, $":{unproven}");
                        return true;
                    }

                    return await RaiseAsync(session, login, className, cancellationToken);
                }
            }
            catch (AccountStoreException)
            {
                context.AccountWatch.HasFailed();
                session.Numeric(IrcNumeric.ERR_PASSWDMISMATCH, ":Accounts cannot be looked up now, try again later");
                return true;
            }
        }

        if (request.Count < 2)
        {
            session.Numeric(IrcNumeric.ERR_NEEDMOREPARAMS, $"{Word} :Not enough parameters");
            return true;
        }

        using var attempt = await context.LoginAttempts.BeginAsync(session.Peer.Address, account: default, cancellationToken);
        if (attempt.Refusal is { } refusal)
        {
            session.Numeric(IrcNumeric.ERR_PASSWDMISMATCH, $":{refusal}");
            return true;
        }

        if (await context.Files.Operators.AuthenticateAsync(request[0], request[1], cancellationToken) is not { } found)
        {
            return Refuse(session);
        }

        attempt.Succeed();
        session.OperatorByAccount = null;
        return await RaiseAsync(session, found.Name, found.Rights, found.Host, cancellationToken);
    }

    private static string NeedsPassword(ProvenAccount login) => $"You have logged in by the token of a device: give the password of your account, too, as in OPER {login.Name} password";

    private static bool Refuse(IrcSession session)
    {
        Log.OperatorRefused(session.Context.Logger, session.Peer.Address, session.Nick);
        session.Numeric(IrcNumeric.ERR_PASSWDMISMATCH, ":There is no such operator, or the password is another");
        if (++session.WrongOperatorPasswords >= MaxWrong)
        {
            session.Session.Close($"Too many wrong passwords ({MaxWrong}) for OPER");
        }

        return true;
    }

    /// <summary>Raises somebody by the rights of its account.</summary>
    private static ValueTask<bool> RaiseAsync(IrcSession session, ProvenAccount login, string className, CancellationToken cancellationToken)
    {
        var rights = session.Context.Files.Operators.RightsOf(className);
        if (rights == ServerRights.None)
        {
            session.Numeric(IrcNumeric.ERR_PASSWDMISMATCH, $":Your account has the class {className}, which the server's file of operators does not have");
            return new(true);
        }

        session.OperatorByAccount = login.Id;
        return RaiseAsync(session, login.Name.Value, rights, host: null, cancellationToken);
    }

    private static async ValueTask<bool> RaiseAsync(IrcSession session, string name, ServerRights rights, string? host, CancellationToken cancellationToken)
    {
        Log.OperatorAccepted(session.Context.Logger, session.Peer.Address, session.Nick, name);
        await session.Context.Audit.RecordAsync(session.Self, "oper", subject: name, reason: rights == ServerRights.All ? "" : OperatorRights.Text(rights));
        var profile = session.Self.Profile;
        var own = profile.WithoutRights();
        var raised = host is null ? own with { Rights = rights } : own with { Rights = rights, Host = host, OwnHost = own.Host };
        var isMoved = !string.Equals(profile.Host, raised.Host, StringComparison.Ordinal);
        if (isMoved)
        {
            session.AnswersFollow();
        }

        if (await session.AskAsync(new UpdateProfile(raised, profile), cancellationToken) != Verdict.Accepted)
        {
            return false;
        }

        session.Numeric(IrcNumeric.RPL_YOUREOPER, $":You are now an operator of this server{OperatorRights.Suffix(rights)}");
        if (!profile.IsOperator)
        {
            IrcUserModes.Tell(session, "+o");
        }

        if (isMoved)
        {
            IrcUserModes.TellHost(session);
        }

        return true;
    }
}
