using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Server;

/// <summary><c>LINKS</c>: the servers there are, which is this one (https://modern.ircdocs.horse/#links-message).</summary>
internal sealed class LinksCommand() : IrcCommand("LINKS", "", "lists the servers of the network")
{
    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        session.Numeric(IrcNumeric.RPL_LINKS, $"* {session.Context.ServerName} :0 {session.Context.Options.NetworkName}");
        session.Numeric(IrcNumeric.RPL_ENDOFLINKS, "* :End of /LINKS list");
        return new(true);
    }
}
