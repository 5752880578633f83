namespace Parley.Server.Options;

/// <summary>Settings with which the server does not start.</summary>
/// <param name="errors">A line for each setting at fault, beginning with the setting's name.</param>
public sealed class SettingsException(IReadOnlyList<string> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    /// <summary>A line for each setting at fault, beginning with the setting's name.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
