using System.Globalization;
using Parley.Core.Events;
using Parley.Core.Queries;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Files;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Users;

/// <summary>Answer of WHOIS about one user, which depends on who asks.</summary>
internal static class IrcWhois
{
    public static void Write(IrcSession session, UserView user)
    {
        var (actor, profile, nick) = (user.Actor, user.Actor.Profile, user.Actor.Name.Value);
        var client = session.Context.Clients.Find(actor.UserId);
        var maySeeAll = actor.UserId == session.Self.UserId || session.Self.Profile.May(ServerRights.SeeAddresses);
        session.Numeric(IrcNumeric.RPL_WHOISUSER, $"{nick} {profile.Ident} {profile.Host} * :{IrcEvents.RealName(actor)}");
        session.Numerics(IrcNumeric.RPL_WHOISCHANNELS, $"{nick} ", Channels(session, user));
        session.Numeric(IrcNumeric.RPL_WHOISSERVER, $"{nick} {session.Context.ServerName} :{session.Context.Options.NetworkName}{Places(session, user)}");
        if (profile.IsOperator)
        {
            session.Numeric(IrcNumeric.RPL_WHOISOPERATOR, $"{nick} :is an operator of this server{OperatorRights.Suffix(profile.Rights)}");
        }

        if (profile.Away is { } away)
        {
            session.Numeric(IrcNumeric.RPL_AWAY, $"{nick} :{away}");
        }

        if (!profile.Account.IsEmpty)
        {
            session.Numeric(IrcNumeric.RPL_WHOISACCOUNT, $"{nick} {profile.Account.Value} :is logged in as");
        }

        if (profile.IsBot)
        {
            session.Numeric(IrcNumeric.RPL_WHOISBOT, $"{nick} :is a bot on {session.Context.Options.NetworkName}");
        }

        if (client is { Peer.IsSecure: true })
        {
            session.Numeric(IrcNumeric.RPL_WHOISSECURE, $"{nick} :is using a secure connection");
        }

        foreach (var each in maySeeAll ? session.Context.Clients.All(actor.UserId) : [])
        {
            WritePrivate(session, each, nick);
        }

        var idle = Math.Floor((session.Context.Time.GetUtcNow() - user.LastSpoke).TotalSeconds);
        session.Numeric(
            IrcNumeric.RPL_WHOISIDLE,
            string.Create(CultureInfo.InvariantCulture, $"{nick} {idle} {user.SignedOn.ToUnixTimeSeconds()} :seconds idle, signon time"));
    }

    private static void WritePrivate(IrcSession session, IrcSession client, string nick)
    {
        if (client.Peer.Certificate is { } certificate)
        {
            session.Numeric(IrcNumeric.RPL_WHOISCERTFP, $"{nick} :has client certificate fingerprint {certificate}");
        }

        var address = IrcAddress.Text(client.Peer.Address);
        session.Numeric(IrcNumeric.RPL_WHOISHOST, $"{nick} :is connecting from *@{address} {address}");
        session.Numeric(IrcNumeric.RPL_WHOISMODES, $"{nick} :is using modes {IrcUserModes.Text(client)}");
    }

    /// <summary>The nodes of the cluster at which the user is; nothing where the server is alone.</summary>
    private static string Places(IrcSession session, UserView user)
        => string.Concat(session.Context.Nodes.Where(node => user.Nodes.Contains(node.Generation)).Select(node => $", {node.Name}"));

    private static IEnumerable<string> Channels(IrcSession session, UserView user)
        => user.Rooms.Select(place => $"{IrcRoomModes.Prefix(place.Rank, session.Has(IrcCapabilities.MultiPrefix))}#{place.Room.Value}");
}
