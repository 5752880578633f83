using Parley.Core.Intentions;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Files;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Users;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Operators;

/// <summary><c>OPER name password</c>: becomes an operator of the server (https://modern.ircdocs.horse/#oper-message).</summary>
internal sealed class OperCommand() : IrcCommand("OPER", "name password", "makes you an operator of the server", minParameters: 2)
{
    /// <summary>Wrong passwords after which a connection ends: addresses behind gateways are not limited otherwise.</summary>
    private const int MaxWrong = 3;

    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var context = session.Context;
        if (!context.LoginAttempts.TryBegin(session.Peer.Address, account: default, out var refusal))
        {
            session.Numeric(IrcNumeric.ERR_PASSWDMISMATCH, $":{refusal}");
            return true;
        }

        if (await context.Files.Operators.AuthenticateAsync(request[0], request[1], cancellationToken) is not { } found)
        {
            Log.OperatorRefused(context.Logger, session.Peer.Address, session.Nick);
            session.Numeric(IrcNumeric.ERR_PASSWDMISMATCH, ":There is no such operator, or the password is another");
            if (++session.WrongOperatorPasswords >= MaxWrong)
            {
                session.Session.Close($"Too many wrong passwords ({MaxWrong}) for OPER");
            }

            return true;
        }

        context.LoginAttempts.Succeeded(session.Peer.Address, account: default);
        Log.OperatorAccepted(context.Logger, session.Peer.Address, session.Nick, found.Name);
        await context.Audit.RecordAsync(session.Self, "oper", subject: found.Name);
        return await RaiseAsync(session, found, cancellationToken);
    }

    private static async ValueTask<bool> RaiseAsync(IrcSession session, IrcOperator found, CancellationToken cancellationToken)
    {
        var profile = session.Self.Profile;
        var raised = profile with { IsOperator = true, Host = found.Host ?? profile.Host };
        var isMoved = !string.Equals(profile.Host, raised.Host, StringComparison.Ordinal);
        if (isMoved)
        {
            session.AnswersFollow();
        }

        if (await session.AskAsync(new UpdateProfile(raised), cancellationToken) != Verdict.Accepted)
        {
            return false;
        }

        session.Numeric(IrcNumeric.RPL_YOUREOPER, ":You are now an operator of this server");
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
