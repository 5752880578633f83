using Parley.Core.Accounts;

namespace Parley.Server.Accounts;

/// <summary>Proof of an account that somebody has given.</summary>
/// <param name="Account">The account.</param>
/// <param name="Device">Number of the device whose token was the proof; 0 for another proof.</param>
internal readonly record struct AccountProof(ProvenAccount Account, long Device = 0);
