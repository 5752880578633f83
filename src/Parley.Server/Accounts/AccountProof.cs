using Parley.Core.Accounts;

namespace Parley.Server.Accounts;

/// <summary>Proof of an account that somebody has given.</summary>
/// <param name="Account">The account.</param>
/// <param name="Proof">Part of it that may hold no more one day; null for none.</param>
internal readonly record struct AccountProof(ProvenAccount Account, LoginProof? Proof = null);
