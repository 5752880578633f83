using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Server.Metrics;
using Parley.Server.Options;

namespace Parley.Server.Addressed;

/// <summary>What all sessions of the addressed protocol share.</summary>
internal sealed class AddressedContext(IBroker broker, ParleyOptions options, ParleyMetrics? metrics = null)
{
    public IBroker Broker { get; } = broker;

    /// <summary>What is known of those who speak this protocol: that they do.</summary>
    public UserProfile Profile { get; } = new() { Ident = "addressed" };

    public Flavor Flavor { get; } = new AddressedFlavor();

    public int MaxLineBytes { get; } = options.MaxLineBytes;

    public int MaxRecipients { get; } = options.MaxRecipients;

    public OutboxOptions Outbox { get; } = new() { MaxBytes = options.MaxOutboxBytes, Overflow = options.OverflowPolicy, Traffic = metrics?.For("addressed").Traffic };
}
