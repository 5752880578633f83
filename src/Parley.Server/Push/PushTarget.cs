using Parley.Core.Accounts;
using Parley.Core.Push;

namespace Parley.Server.Push;

/// <summary>A device, and whose it is.</summary>
internal readonly record struct PushTarget(ProvenAccount Account, PushSubscription Subscription)
{
    /// <summary>The push service, for the log.</summary>
    public string Service => new Uri(Subscription.Endpoint).Authority;
}
