namespace Parley.Server.Options;

/// <summary>Where a running server reads its settings again.</summary>
/// <param name="Read">Reads all of them; throws a <see cref="SettingsException"/> where one will not do.</param>
public sealed record SettingsSource(Func<ParleyOptions> Read);
