using System.Globalization;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Accounts;
using Parley.Server.Irc.Metadata;
using Parley.Server.Irc.Server;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Users;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Registration;

/// <summary>Greeting to a client that has registered: who it is, where, and what the server can do.</summary>
internal static class IrcGreeting
{
    public static async ValueTask WriteAsync(IrcSession session, CancellationToken cancellationToken)
    {
        var started = session.Context.Started.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        session.Numeric(IrcNumeric.RPL_WELCOME, $":Welcome to {session.Context.Options.NetworkName}, {IrcEvents.Source(session.Self)}");
        session.Numeric(IrcNumeric.RPL_YOURHOST, $":Your host is {session.Context.ServerName}, running version {IrcSupport.Version}");
        session.Numeric(IrcNumeric.RPL_CREATED, $":This server is up since {started}");
        session.Numeric(IrcNumeric.RPL_MYINFO, $"{session.Context.ServerName} {IrcSupport.Version} {IrcUserModes.Letters} {IrcRoomModes.All} {IrcRoomModes.WithArgument}");
        IrcSupport.Write(session);
        if (session.Has(IrcCapabilities.Whoami) && session.Has(IrcCapabilities.ChgHost))
        {
            // The client learns its own source, and with it how long its lines may be.
            session.Line($":{IrcEvents.Source(session.Self)} SETNAME :{session.Self.Profile.RealName}");
        }

        if (session.Has(IrcCapabilities.AuthToken))
        {
            TokenCommand.WriteServices(session);
        }

        await LusersCommand.WriteAsync(session, cancellationToken);
        await MetadataSync.RegisteredAsync(session, cancellationToken);
        MotdCommand.Write(session);
    }
}
