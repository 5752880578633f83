namespace Parley.Cluster.Membership;

/// <summary>Nodes by what they show at a link.</summary>
public interface INodeDirectory
{
    /// <summary>The living node with that certificate; null if there is none. One that has just come in is found, too.</summary>
    ValueTask<ClusterNode?> FindAsync(CertificateDigest certificate, CancellationToken cancellationToken = default);
}
