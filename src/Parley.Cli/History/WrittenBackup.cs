namespace Parley.Cli.History;

/// <summary>The file that history was copied to.</summary>
internal sealed record WrittenBackup(string Path, long Bytes);
