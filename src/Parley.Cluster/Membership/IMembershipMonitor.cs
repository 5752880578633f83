namespace Parley.Cluster.Membership;

/// <summary>Is told what happens to a node's membership, for the log. Calls come from one loop, and MUST NOT block it.</summary>
public interface IMembershipMonitor
{
    /// <summary>The database cannot be asked: until it can, nobody is judged and nobody becomes home. Told once.</summary>
    void DatabaseFailed(string reason);

    /// <summary>The database answers again.</summary>
    void DatabaseRecovered();

    /// <summary>Others have found this node dead.</summary>
    void Expelled(string reason);
}
