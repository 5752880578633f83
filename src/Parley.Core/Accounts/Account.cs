using Parley.Core.Names;

namespace Parley.Core.Accounts;

/// <summary>A name that belongs to somebody, who can prove it.</summary>
/// <param name="Name">The name, as it was spelled when the account was made; no two accounts have the same without case.</param>
/// <param name="Created">When that was, UTC.</param>
/// <param name="Email">Where its owner can be reached, unproved; null if nobody said.</param>
public sealed record Account(UserName Name, DateTimeOffset Created, string? Email = null);
