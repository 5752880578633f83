using System.Net;

namespace Parley.Server.Irc.Commands;

/// <summary>
/// <c>WEBIRC password gateway hostname address [:options]</c>: a gateway says for whom it connects, before anything else
/// (https://ircv3.net/specs/extensions/webirc).
/// </summary>
internal sealed class WebircCommand() : IrcCommand("WEBIRC", minParameters: 4, isBeforeRegistration: true)
{
    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var registration = session.Registration;
        var isFirst = session.Session.User is null && registration.Name.IsEmpty && registration.Ident is null && registration.CapVersion == 0;
        if (!isFirst
            || session.Address is not { } gateway
            || !session.Context.WebIrc.TryAuthenticate(gateway, request[0])
            || !IPAddress.TryParse(request[3].TrimStart(':'), out var address))
        {
            session.Line("ERROR :Closing link: WEBIRC is not for you, or the password is another");
            return new(false);
        }

        if (!session.TryMove(address, out var refusal))
        {
            session.Line($"ERROR :Closing link: {refusal}");
            return new(false);
        }

        // Whether nobody can read along between the gateway and the client, only the gateway knows.
        var options = request[4].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(option => option.Split('=')[0]);
        session.IsSecure &= options.Contains("secure", StringComparer.Ordinal);
        return new(true);
    }
}
