namespace Parley.ClusterCheck.Records;

/// <summary>A term that began.</summary>
/// <param name="Term">The term.</param>
/// <param name="Node">The node that was home in it.</param>
internal sealed record HomeTerm(long Term, string Node);
