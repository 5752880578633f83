using Parley.Core.Intentions;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Users;

/// <summary><c>AWAY [reason]</c>: is away, or with no reason is back (https://modern.ircdocs.horse/#away-message, https://ircv3.net/specs/extensions/pre-away).</summary>
internal sealed class AwayCommand() : IrcCommand("AWAY", "[reason]", "marks you as away; without a reason, as back", isBeforeRegistration: true)
{
    /// <summary>Words of the answer to whoever is away from here on.</summary>
    public const string NowAway = "You have been marked as being away";

    /// <summary>Words of the answer to whoever is back.</summary>
    public const string NoLongerAway = "You are no longer marked as being away";

    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var away = request[0].Length == 0 ? null : IrcTexts.Cut(request[0], IrcLimits.Away);
        if (session.Session.User is not { } user)
        {
            if (!session.Has(IrcCapabilities.PreAway))
            {
                session.Numeric(IrcNumeric.ERR_NOTREGISTERED, ":You have not registered");
                return true;
            }

            session.Registration.Away = away;
        }
        else if (await session.AskAsync(new UpdateProfile(user.Profile with { Away = away }, user.Profile), cancellationToken) != Verdict.Accepted)
        {
            return false;
        }

        session.Numeric(away is null ? IrcNumeric.RPL_UNAWAY : IrcNumeric.RPL_NOWAWAY, $":{(away is null ? NoLongerAway : NowAway)}");
        return true;
    }
}
