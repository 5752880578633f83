namespace Parley.Cli.Terminal;

/// <summary>Findings of a check of settings.</summary>
/// <param name="File">The file that they are from; null for none.</param>
/// <param name="Ok">True if a server would start with them.</param>
/// <param name="Errors">A line for each setting at fault.</param>
/// <param name="Notes">A line for each address that cannot be listened at just now.</param>
internal sealed record CheckedSettings(string? File, bool Ok, IReadOnlyList<string> Errors, IReadOnlyList<string> Notes);
