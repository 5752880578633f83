using System.Globalization;
using Parley.Server.Irc.Sessions;
using Parley.Server.Options;

namespace Parley.Server.Irc.Registration;

/// <summary>
/// Has clients come over TLS from here on (https://ircv3.net/specs/extensions/sts): those in plain text are told the port,
/// those over TLS for how long it holds.
/// </summary>
internal static class IrcStrictTransport
{
    /// <summary>Returns the value that a client is offered; null if nothing is offered, so that the client can neither request it nor use it.</summary>
    public static string? Offer(IrcSession session)
    {
        var options = session.Context.Options;
        if (options.StsDays == 0 || !options.HasTls || options.Ircs.EndPoint is not { } listener || session.Registration.CapVersion < 302)
        {
            return null;
        }

        return session.Peer.IsSecure
            ? string.Create(CultureInfo.InvariantCulture, $"duration={TimeSpan.FromDays(options.StsDays).TotalSeconds}")
            : string.Create(CultureInfo.InvariantCulture, $"port={listener.Port}");
    }
}
