namespace Parley.Cluster.Membership;

/// <summary>A node, as the table has it.</summary>
/// <param name="Generation">Number of this run of it, higher than that of any run before.</param>
/// <param name="Name">Its name, which only one living node has.</param>
/// <param name="Address">Where its links come in, as HOST:PORT.</param>
/// <param name="Certificate">By what it is known at either end of a link.</param>
/// <param name="Version">Version of Parley.</param>
/// <param name="Protocol">Newest protocol of links that it speaks.</param>
/// <param name="OldestProtocol">Oldest protocol of links that it speaks.</param>
/// <param name="Listeners">Where it listens for people, for people to read; empty until it does.</param>
/// <param name="State">Whether it takes part.</param>
public sealed record ClusterNode(
    long Generation,
    string Name,
    string Address,
    CertificateDigest Certificate,
    string Version,
    int Protocol,
    int OldestProtocol,
    string Listeners,
    NodeState State)
{
    /// <summary>True while it takes part.</summary>
    public bool IsLiving => State is NodeState.Active or NodeState.Draining;

    /// <summary>The newest protocol that both speak; 0 if there is none.</summary>
    public int ProtocolWith(ClusterNode other)
    {
        var newest = Math.Min(Protocol, other.Protocol);
        return newest >= Math.Max(OldestProtocol, other.OldestProtocol) ? newest : 0;
    }
}
