using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Commands;

/// <summary><c>MODE #room [modes]</c>: how a room works, and what its members may (https://modern.ircdocs.horse/#mode-message).</summary>
internal sealed class ModeCommand() : IrcCommand("MODE", minParameters: 1)
{
    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (request[0] is ['#', ..])
        {
            return IrcChannelModes.RunAsync(session, request, cancellationToken);
        }

        session.Numeric(IrcNumeric.ERR_NOSUCHCHANNEL, $"{request[0]} :No such channel");
        return new(true);
    }
}
