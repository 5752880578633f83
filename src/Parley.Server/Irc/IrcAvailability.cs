namespace Parley.Server.Irc;

/// <summary>
/// Capabilities that this server has but cannot give at the moment. Clients are told when that changes
/// (https://ircv3.net/specs/extensions/capability-negotiation#cap-notify).
/// </summary>
internal sealed class IrcAvailability(IrcClientDirectory clients)
{
    private readonly Lock _gate = new();
    private IrcCapabilities _missing;

    public bool Has(IrcCapabilities capability)
    {
        lock (_gate)
        {
            return (_missing & capability) == IrcCapabilities.None;
        }
    }

    /// <summary>A capability is there from now on, or is not; told to those who want to know if that is news.</summary>
    public void Set(IrcCapabilities capability, bool isAvailable)
    {
        lock (_gate)
        {
            var missing = isAvailable ? _missing & ~capability : _missing | capability;
            if (missing == _missing)
            {
                return;
            }

            _missing = missing;
        }

        Tell(capability);
    }

    /// <summary>Tells those who want to know how a capability is offered now: that, or its value, has changed.</summary>
    public void Tell(IrcCapabilities capability)
    {
        var entry = IrcCapabilityTable.All.Single(each => each.Flag == capability);
        foreach (var client in clients.All().Where(client => client.Has(IrcCapabilities.CapNotify)))
        {
            if (IrcCapabilityTable.Offer(client, entry) is null)
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
