using Parley.Core.Queries;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Server;

/// <summary><c>LUSERS</c>: how many are here (https://modern.ircdocs.horse/#lusers-message).</summary>
internal sealed class LusersCommand() : IrcCommand("LUSERS", "", "says how many are here")
{
    public static async ValueTask WriteAsync(IrcSession session, CancellationToken cancellationToken)
    {
        var count = await session.LookAsync(new CountUsers(), cancellationToken);
        var nodes = session.Context.Nodes;
        var local = nodes.FirstOrDefault(node => node.IsSelf)?.Sessions ?? count.Users;
        session.Numeric(IrcNumeric.RPL_LUSERCLIENT, $":There are {count.Users - count.Invisible} users and {count.Invisible} invisible on {Math.Max(1, nodes.Count)} servers");
        session.Numeric(IrcNumeric.RPL_LUSEROP, $"{count.Operators} :operator(s) online");
        session.Numeric(IrcNumeric.RPL_LUSERUNKNOWN, $"{session.Context.Clients.Unregistered} :unknown connection(s)");
        session.Numeric(IrcNumeric.RPL_LUSERCHANNELS, $"{count.Rooms} :channels formed");
        session.Numeric(IrcNumeric.RPL_LUSERME, $":I have {local} clients and {Math.Max(0, nodes.Count - 1)} servers");
        if (nodes.Count == 0)
        {
            session.Numeric(IrcNumeric.RPL_LOCALUSERS, $"{count.Users} {count.MaxUsers} :Current local users {count.Users}, max {count.MaxUsers}");
        }

        session.Numeric(IrcNumeric.RPL_GLOBALUSERS, $"{count.Users} {count.MaxUsers} :Current global users {count.Users}, max {count.MaxUsers}");
    }

    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        await WriteAsync(session, cancellationToken);
        return true;
    }
}
