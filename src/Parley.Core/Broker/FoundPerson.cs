using Parley.Core.Accounts;
using Parley.Core.Intentions;
using Parley.Core.Broker.Sessions;

namespace Parley.Core.Broker;

/// <summary>Somebody who was looked for.</summary>
/// <param name="User">The user; null for somebody who is not here.</param>
/// <param name="Absent">The account of somebody who is not here; null for none.</param>
/// <param name="Missing">Why nobody was found; null if somebody was.</param>
internal readonly record struct FoundPerson(User? User, ProvenAccount? Absent, Verdict? Missing);
