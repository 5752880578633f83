namespace Parley.Server.Admin;

/// <summary>An upgrade that was done.</summary>
/// <param name="Version">Version of the program that serves now.</param>
/// <param name="Process">Its process.</param>
/// <param name="Kept">Number of connections that it goes on with.</param>
/// <param name="Milliseconds">Time for which nobody served.</param>
/// <param name="Variables">Names of the variables of the environment that give settings: it has them as the old program had, whatever they are elsewhere by now.</param>
public sealed record AdminUpgrade(string Version, int Process, int Kept, long Milliseconds, IReadOnlyList<string>? Variables = null);
