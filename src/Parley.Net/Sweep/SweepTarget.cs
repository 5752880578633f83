using System.Net;

namespace Parley.Net.Sweep;

/// <summary>A host to look for.</summary>
/// <param name="Text">What it is called in answers: its address, or the name that was given.</param>
/// <param name="Address">Its address; null for a name, whose addresses are found when its turn comes.</param>
public sealed record SweepTarget(string Text, IPAddress? Address);
