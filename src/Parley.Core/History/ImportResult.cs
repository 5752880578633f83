namespace Parley.Core.History;

/// <summary>Result of an import.</summary>
/// <param name="Added">Messages that were not there.</param>
/// <param name="Present">Messages that were there already, by room and number, and were left as they are.</param>
public readonly record struct ImportResult(long Added, long Present);
