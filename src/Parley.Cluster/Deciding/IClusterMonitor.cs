namespace Parley.Cluster.Deciding;

/// <summary>Is told who decides, for the log. Calls MUST NOT block.</summary>
public interface IClusterMonitor
{
    /// <summary>This node decides for all.</summary>
    void IsHome(long term);

    /// <summary>Another node decides, and this one is linked to it.</summary>
    void Follows(string home, long term);

    /// <summary>The link to the home has ended; what is said waits for the next.</summary>
    void Left(string home, string reason);

    /// <summary>Something went wrong, and is tried again.</summary>
    void Failed(string reason);
}
