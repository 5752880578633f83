namespace Parley.Cli.Terminal;

/// <summary>A setting, its value, who says so, and whether a reload changes it.</summary>
internal sealed record ExplainedSetting(string Name, string Value, string Source, bool Live);
