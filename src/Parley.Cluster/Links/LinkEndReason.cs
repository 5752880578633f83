namespace Parley.Cluster.Links;

/// <summary>Reason for the end of a link.</summary>
public enum LinkEndReason
{
    /// <summary>This end has closed it.</summary>
    Closed,

    /// <summary>The other end has closed it, or is gone.</summary>
    Remote,

    /// <summary>Nothing came for too long.</summary>
    Silent,

    /// <summary>The other end takes less than it is to be sent.</summary>
    TooSlow,

    /// <summary>The other end sent bytes that are no frame.</summary>
    BadFrame,

    /// <summary>A frame could not be handled here.</summary>
    Failed,
}
