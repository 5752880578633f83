using System.Text;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Operators;

/// <summary><c>WALLOPS text</c>: tells everybody who wants to hear it (https://modern.ircdocs.horse/#wallops-message).</summary>
internal sealed class WallopsCommand() : IrcCommand(
    "WALLOPS", ":text", "tells everybody who wants to hear it (operators of the server)", minParameters: 1, right: ServerRights.Announce)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (request[0].Length == 0)
        {
            session.Numeric(IrcNumeric.ERR_NEEDMOREPARAMS, $"{Word} :Not enough parameters");
            return true;
        }

        await session.AskAsync(new SendWallops(Encoding.UTF8.GetBytes(request[0])), cancellationToken);
        return true;
    }
}
