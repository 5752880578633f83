using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Registration;

/// <summary>Tells clients that the offer of a capability has changed (https://ircv3.net/specs/extensions/capability-negotiation#cap-notify).</summary>
internal static class CapabilityNews
{
    /// <summary>Tells those who want to know how a capability is offered now.</summary>
    public static void Tell(IrcClientDirectory clients, IrcCapabilities capability)
    {
        var entry = IrcCapabilityTable.All.Single(each => each.Flag == capability);
        foreach (var client in clients.All().Where(client => client.Has(IrcCapabilities.CapNotify)))
        {
            if (IrcCapabilityTable.Offer(client, entry) is null && !client.Has(capability))
            {
                // What this client could never have is no news to it.
            }
            else if (IrcCapabilityTable.Offer(client, entry, client.Registration.CapVersion) is { } offer)
            {
                client.Push($":{client.Context.ServerName} CAP {client.Nick} NEW :{offer}");
            }
            else
            {
                client.Push($":{client.Context.ServerName} CAP {client.Nick} DEL :{entry.Name}");
                client.Withdraw(capability);
            }
        }
    }
}
