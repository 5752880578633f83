namespace Parley.Server.Upgrade;

/// <summary>Introduction of the new program.</summary>
/// <param name="Format">The format of state that it reads.</param>
/// <param name="Version">Its version.</param>
internal sealed record UpgradeHello(int Format, string Version);
