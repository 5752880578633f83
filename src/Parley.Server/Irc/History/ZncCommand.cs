using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.History;

/// <summary><c>ZNC *playback PLAY|LIST|CLEAR ...</c>: what some clients send in place of <c>PRIVMSG *playback</c> (https://wiki.znc.in/Query_buffers).</summary>
internal sealed class ZncCommand() : IrcCommand("ZNC", "*playback PLAY #room|nick|* [from] [to]", "plays what was said before (clients of bouncers)")
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (!session.Has(IrcCapabilities.ZncPlayback) || !session.Context.Broker.KeepsHistory)
        {
            session.Numeric(IrcNumeric.ERR_UNKNOWNCOMMAND, $"{Word} :Unknown command");
        }
        else if (string.Equals(request[0], Playback.Name, StringComparison.OrdinalIgnoreCase))
        {
            await Playback.RunAsync(session, string.Join(' ', request.Parameters[1..]), cancellationToken);
        }
        else
        {
            session.Numeric(IrcNumeric.ERR_NOSUCHNICK, $"{IrcTexts.Word(request[0])} :No such nick/channel");
        }

        return true;
    }
}
