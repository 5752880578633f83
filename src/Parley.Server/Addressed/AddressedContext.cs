using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Server.Accounts;
using Parley.Server.Connections;
using Parley.Server.Metrics;
using Parley.Server.Options;

namespace Parley.Server.Addressed;

/// <summary>State that all sessions of the addressed protocol share.</summary>
internal sealed class AddressedContext(IBroker broker, ParleyOptions options, ParleyMetrics? metrics = null, AccountAccess? accounts = null, HostCloak? hosts = null)
{
    private readonly HostCloak _hosts = hosts ?? new HostCloak();

    public IBroker Broker { get; } = broker;

    /// <summary>Accounts; null where there are none.</summary>
    public AccountAccess? Accounts { get; } = accounts;

    /// <summary>Returns the profile of a user of this protocol: the protocol's name, and in place of the address its cloak.</summary>
    public UserProfile ProfileOf(ClientPeer peer) => new() { Ident = "addressed", Host = _hosts.Of(peer.Address) };

    public Flavor Flavor { get; } = new AddressedFlavor();

    public int MaxLineBytes { get; } = options.MaxLineBytes;

    public int MaxRecipients => options.MaxRecipients;

    public OutboxOptions Outbox { get; } = new() { MaxBytes = options.MaxOutboxBytes, Overflow = options.OverflowPolicy, Traffic = metrics?.For("addressed").Traffic };
}
