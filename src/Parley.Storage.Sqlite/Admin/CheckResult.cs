namespace Parley.Storage.Sqlite.Admin;

/// <summary>What a check has found.</summary>
/// <param name="Problems">One sentence for each thing that is wrong.</param>
/// <param name="IndexChecked">Whether the search index was looked at, which needs the server to be stopped.</param>
/// <param name="IndexRebuilt">Whether the search index was made anew.</param>
public sealed record CheckResult(IReadOnlyList<string> Problems, bool IndexChecked, bool IndexRebuilt);
