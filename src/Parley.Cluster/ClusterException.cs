namespace Parley.Cluster;

/// <summary>A node cannot take part, or a command cannot be done; the message says why, and what to do, in one line.</summary>
public sealed class ClusterException : Exception
{
    /// <summary>States what is wrong, and what to do.</summary>
    public ClusterException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
