namespace Parley.Server.Admin;

/// <summary>A role in a registered room.</summary>
/// <param name="Account">The account.</param>
/// <param name="Role"><c>operator</c>, <c>half-operator</c> or <c>voice</c>.</param>
/// <param name="Since">When it was given, UTC.</param>
public sealed record AdminRole(string Account, string Role, DateTimeOffset Since);
