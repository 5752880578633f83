namespace Parley.Cluster.Links;

/// <summary>Bounds of links between nodes.</summary>
public sealed record LinkOptions
{
    /// <summary>Maximum length of a frame; the link is cut at a longer one.</summary>
    public int MaxFrameBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Maximum of what waits to be sent; a link whose other end takes less is cut.</summary>
    public long MaxPendingBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>Time after which an end with nothing to say says that it is there.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Number of such times in which nothing comes, at which the link is cut.</summary>
    public int MaxSilence { get; init; } = 3;

    /// <summary>Time for a link to come about.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Maximum number of links that come about at once at one listener; more are closed without a word.</summary>
    public int MaxHandshakes { get; init; } = 16;
}
