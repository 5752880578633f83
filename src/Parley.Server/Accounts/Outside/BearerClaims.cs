using Parley.Core.Accounts;

namespace Parley.Server.Accounts.Outside;

/// <summary>Claims of a valid token about its owner.</summary>
/// <param name="Identity">Who that is to the provider.</param>
/// <param name="Name">What the claim that names accounts has; null if there is none.</param>
/// <param name="Nonce">What was asked for to be in the token; null if nothing was.</param>
internal sealed record BearerClaims(OutsideIdentity Identity, string? Name, string? Nonce);
