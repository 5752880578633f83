using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Commands;

/// <summary><c>LUSERS</c>: how many are here (https://modern.ircdocs.horse/#lusers-message).</summary>
internal sealed class LusersCommand() : IrcCommand("LUSERS")
{
    public static async ValueTask WriteAsync(IrcSession session, CancellationToken cancellationToken)
    {
        var users = await session.Broker.ListUsersAsync(cancellationToken);
        var rooms = await session.Broker.ListRoomsAsync(cancellationToken);
        var invisible = users.Count(user => user.Profile.IsInvisible);
        session.Numeric(IrcNumeric.RPL_LUSERCLIENT, $":There are {users.Count - invisible} users and {invisible} invisible on 1 servers");
        session.Numeric(IrcNumeric.RPL_LUSEROP, $"{users.Count(user => user.Profile.IsOperator)} :operator(s) online");
        session.Numeric(IrcNumeric.RPL_LUSERUNKNOWN, "0 :unknown connection(s)");
        session.Numeric(IrcNumeric.RPL_LUSERCHANNELS, $"{rooms.Count} :channels formed");
        session.Numeric(IrcNumeric.RPL_LUSERME, $":I have {users.Count} clients and 0 servers");
        session.Numeric(IrcNumeric.RPL_LOCALUSERS, $"{users.Count} {users.Count} :Current local users {users.Count}, max {users.Count}");
        session.Numeric(IrcNumeric.RPL_GLOBALUSERS, $"{users.Count} {users.Count} :Current global users {users.Count}, max {users.Count}");
    }

    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        await WriteAsync(session, cancellationToken);
        return true;
    }
}
