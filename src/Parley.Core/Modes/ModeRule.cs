using Parley.Core.Intentions;

namespace Parley.Core.Modes;

/// <summary>Decides what one mode, which is set, has against somebody. Pure.</summary>
/// <param name="room">The room.</param>
/// <param name="attempt">What somebody wants to do there.</param>
/// <returns>Why it may not; null if it may, as far as this mode goes.</returns>
internal delegate Verdict? ModeRule(IModeValues room, in ModeAttempt attempt);
