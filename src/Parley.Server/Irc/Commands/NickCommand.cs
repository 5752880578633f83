using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
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

        if (!IrcNames.TryParse(session, request[0], out var name, out var rule))
        {
            session.Numeric(IrcNumeric.ERR_ERRONEUSNICKNAME, $"{IrcTexts.Word(request[0])} :{rule}");
            return session.Session.User is not null || session.Registration.GoesOnAfterRefusal();
        }

        if (session.Session.User is { } user)
        {
            if (!string.Equals(user.Name.Value, name.Value, StringComparison.Ordinal))
            {
                await TakeAsync(session, name, cancellationToken);
            }

            return true;
        }

        // While the client negotiates, it may yet log in to the account of the one who wears the name.
        if (await session.LookAsync(new FindUser(name), cancellationToken) is { Actor: var holder }
            && (holder.Profile.Account.IsEmpty || !session.Registration.IsNegotiating))
        {
            session.Accepted(Verdict.NameTaken, name.Value);
            return session.Registration.GoesOnAfterRefusal();
        }

        session.Registration.Name = name;
        return await session.Registration.TryCompleteAsync(cancellationToken);
    }

    /// <summary>Gives a client who is here another name; or tells it why not.</summary>
    public static async ValueTask<bool> TakeAsync(IrcSession session, UserName name, CancellationToken cancellationToken)
    {
        var verdict = await RenameAsync(session, name, cancellationToken);
        if (await IrcNames.RefusalAsync(session, verdict, name, cancellationToken) is { } refusal)
        {
            session.Numeric(IrcNumeric.ERR_NICKNAMEINUSE, $"{name.Value} :{refusal}");
        }
        else if (session.Accepted(verdict, name.Value))
        {
            await IrcNames.WarnAsync(session, cancellationToken);
        }

        return verdict == Verdict.Accepted;
    }

    private static async ValueTask<Verdict> RenameAsync(IrcSession session, UserName name, CancellationToken cancellationToken)
    {
        var verdict = await session.AskAsync(new Rename(name), cancellationToken);
        return verdict == Verdict.NameTaken && await IrcTakeover.TryAsync(session, name, session.Self.Profile.Login, cancellationToken)
            ? await session.AskAsync(new Rename(name), cancellationToken)
            : verdict;
    }
}
