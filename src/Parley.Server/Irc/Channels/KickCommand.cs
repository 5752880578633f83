using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Channels;

/// <summary><c>KICK #room{,#room} nick{,nick} [:reason]</c>: puts members out (https://modern.ircdocs.horse/#kick-message).</summary>
internal sealed class KickCommand() : IrcCommand("KICK", "#room nick{,nick} [reason]", "puts somebody out of a room", minParameters: 2)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var (channels, nicks) = (IrcTexts.List(request[0]), IrcTexts.List(request[1]));
        if (nicks.Length == 0 || (channels.Length != 1 && channels.Length != nicks.Length))
        {
            session.Numeric(IrcNumeric.ERR_NEEDMOREPARAMS, "KICK :One channel, or as many as nicknames");
            return true;
        }

        if (nicks.Length > 1)
        {
            session.AnswersFollow();
        }

        var reason = request[2].Length == 0 ? session.Nick : IrcTexts.Cut(request[2], IrcLimits.Kick);
        for (var i = 0; i < nicks.Length; i++)
        {
            await KickAsync(session, channels.Length == 1 ? channels[0] : channels[i], nicks[i], reason, cancellationToken);
        }

        return true;
    }

    private static async ValueTask KickAsync(IrcSession session, string channel, string nick, string reason, CancellationToken cancellationToken)
    {
        // What is no name is nobody's.
        _ = UserName.TryParse(nick, out var name);
        var verdict = IrcChannel.TryParse(channel, out var room)
            ? await session.AskAsync(new Kick(room, name, reason), cancellationToken)
            : Verdict.NoSuchRoom;
        session.Accepted(verdict, verdict switch
        {
            Verdict.TargetNotInRoom => $"{nick} {channel}",
            Verdict.NotHere => nick,
            _ => channel,
        });
    }
}
