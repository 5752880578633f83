using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Registration;

/// <summary><c>NICK name</c>: the name the client wants to wear (https://modern.ircdocs.horse/#nick-message).</summary>
internal sealed class NickCommand() : IrcCommand("NICK", "nick", "gives you another name: " + UserName.Form, isBeforeRegistration: true)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (request[0].Length == 0)
        {
            session.Numeric(IrcNumeric.ERR_NONICKNAMEGIVEN, ":No nickname given");
            return true;
        }

        if (!IrcNames.TryParse(session, request[0], out var name, out var rule))
        {
            session.Numeric(IrcNumeric.ERR_ERRONEUSNICKNAME, $"{IrcTexts.Word(request[0])} :{rule}");
            return session.Session.User is not null || IrcSignIn.GoesOnAfterRefusal(session);
        }

        if (session.Session.User is { } user)
        {
            if (!string.Equals(user.Name.Value, name.Value, StringComparison.Ordinal))
            {
                await IrcNames.TakeAsync(session, name, cancellationToken);
            }

            return true;
        }

        // While the client negotiates, it may yet log in to the account of the one who wears the name.
        if (await session.LookAsync(new FindUser(name), cancellationToken) is { Actor: var holder }
            && (holder.Profile.Login is not { } login || !(session.Registration.IsNegotiating || session.Registration.Login?.Id == login.Id)))
        {
            session.Accepted(Verdict.NameTaken, name.Value);
            return IrcSignIn.GoesOnAfterRefusal(session);
        }

        session.Registration.Name = name;
        return await IrcSignIn.TryCompleteAsync(session, cancellationToken);
    }
}
