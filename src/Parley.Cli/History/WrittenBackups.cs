namespace Parley.Cli.History;

/// <summary>The files that all data was copied to.</summary>
internal sealed record WrittenBackups(IReadOnlyList<WrittenBackup> Files);
