using Parley.Core.Broker;
using Parley.Core.Names;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Commands;

/// <summary><c>NICK name</c>: the name the client wants to wear (https://modern.ircdocs.horse/#nick-message).</summary>
internal sealed class NickCommand() : IrcCommand("NICK", minParameters: 0, isBeforeRegistration: true)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (request[0].Length == 0)
        {
            session.Numeric(IrcNumeric.ERR_NONICKNAMEGIVEN, ":No nickname given");
            return true;
        }

        if (!UserName.TryParse(request[0], out var name))
        {
            session.Numeric(IrcNumeric.ERR_ERRONEUSNICKNAME, $"{request[0].Split(' ')[0]} :Nicknames have 2 to 20 of A-Z a-z 0-9 - _");
            return true;
        }

        if (session.Session.User is { } user)
        {
            if (!string.Equals(user.Name.Value, name.Value, StringComparison.Ordinal))
            {
                session.Accepted(await RenameAsync(session, name, cancellationToken), name.Value);
            }

            return true;
        }

        // While the client negotiates, it may yet log in to the account of the one who wears the name.
        if (await session.Broker.FindUserAsync(name, cancellationToken) is { Actor: var holder }
            && (holder.Profile.Account.IsEmpty || !session.Registration.IsNegotiating))
        {
            session.Accepted(Verdict.NameTaken, name.Value);
            return true;
        }

        session.Registration.Name = name;
        return await session.Registration.TryCompleteAsync(cancellationToken);
    }

    private static async ValueTask<Verdict> RenameAsync(IrcSession session, UserName name, CancellationToken cancellationToken)
    {
        var verdict = await session.Broker.RenameAsync(session.Session, name, cancellationToken);
        return verdict == Verdict.NameTaken && await IrcTakeover.TryAsync(session, name, session.Self.Profile.Account, cancellationToken)
            ? await session.Broker.RenameAsync(session.Session, name, cancellationToken)
            : verdict;
    }
}
