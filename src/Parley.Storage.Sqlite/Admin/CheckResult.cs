namespace Parley.Storage.Sqlite.Admin;

/// <summary>Result of a check of a history.</summary>
/// <param name="Problems">One sentence for each thing that is wrong.</param>
/// <param name="IndexChecked">Whether the search index was looked at, which needs the server to be stopped.</param>
/// <param name="IndexRebuilt">Whether the search index was made anew.</param>
/// <param name="TimesMended">Messages of a time that was yet to come, which have the present one now.</param>
public sealed record CheckResult(IReadOnlyList<string> Problems, bool IndexChecked, bool IndexRebuilt, long TimesMended = 0);
