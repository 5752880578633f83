namespace Parley.ClusterCheck.Records;

/// <summary>A row of history.</summary>
/// <param name="Room">Its room, with the <c>#</c>; empty for a direct message.</param>
/// <param name="Number">Its number there.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Author">Name of its author.</param>
/// <param name="Text">Its text.</param>
/// <param name="Term">The term under which it was written, as a trigger saw it.</param>
/// <param name="Writer">The node that wrote it, as a trigger saw it.</param>
internal sealed record KeptMessage(string Room, long Number, KeptKind Kind, string Author, string Text, long Term, string Writer);
