using Parley.Core.Accounts;

namespace Parley.Core.Broker.Homes;

/// <summary>A session that was handed over without its connection.</summary>
/// <param name="Id">Its id in the process before.</param>
/// <param name="Account">The account of its user; null for a guest.</param>
/// <param name="IsStandIn">True if nobody was at it.</param>
public sealed record AbsentSession(long Id, ProvenAccount? Account, bool IsStandIn)
{
    /// <summary>True if its user has a session by now that somebody is at.</summary>
    public bool HasOthers { get; init; }
}
