namespace Parley.Cluster.Links;

/// <summary>End of a link.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Text">The reason for people.</param>
/// <param name="Cause">What was thrown, if anything was.</param>
public sealed record LinkEnd(LinkEndReason Reason, string Text, Exception? Cause = null);
