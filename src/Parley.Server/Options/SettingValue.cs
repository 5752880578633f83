namespace Parley.Server.Options;

/// <summary>Value of a setting, and where it comes from.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Value">Its value, as it is written, but for a password in an address.</param>
/// <param name="Source">The option, the variable, or the file and the name in it; <c>default</c> if nobody says anything.</param>
public sealed record SettingValue(Setting Setting, string Value, string Source);
