using System.Net;
using Parley.Server.Connections;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Registration;

/// <summary>
/// <c>WEBIRC password gateway hostname address [:options]</c>: a gateway says for whom it connects, before anything else
/// (https://ircv3.net/specs/extensions/webirc).
/// </summary>
internal sealed class WebircCommand() : IrcCommand(
    "WEBIRC", "password gateway host address [:options]", "a gateway says for whom it connects", isBeforeRegistration: true)
{
    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var refusal = "WEBIRC is not for you, or the password is another";
        var isGateway = session.Registration.HasNotBegun
            && session.Peer.Address is { } gateway
            && session.Context.Gateways.TryAuthenticate(gateway, request[0]);
        IPAddress? address = null;
        if (isGateway && !IPAddress.TryParse(request[3], out address))
        {
            // A host with a space moves everything behind it. Nobody is let in as the gateway, whose address all would share.
            refusal = "send WEBIRC password gateway host address [:options], in which host is one word and address an IP address";
        }

        var isAccepted = address is not null && session.Peer.TrySpeakFor(address, WebIrcOptions.Parse(request[4]), out refusal);
        if (!isAccepted)
        {
            session.Farewell($"Closing link: {refusal}");
        }

        return new(isAccepted);
    }
}
