namespace Parley.Cluster.Links;

/// <summary>A link does not come about; the message says why, in one line.</summary>
public sealed class LinkException : Exception
{
    /// <summary>States why.</summary>
    public LinkException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
