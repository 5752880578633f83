using Parley.Core.Names;

namespace Parley.Core.Accounts;

/// <summary>Somebody who is known beyond a connection, and can prove it.</summary>
/// <param name="Id">Stays the same for as long as the account is there, and is no other's afterwards.</param>
/// <param name="Name">The name, as it was spelled when the account was made; no two accounts have the same without case.</param>
/// <param name="Created">When that was, UTC.</param>
/// <param name="Email">Where its owner can be reached; null if nobody said.</param>
/// <param name="IsEmailProven">True if its owner has shown to read mail there.</param>
public sealed record Account(AccountId Id, UserName Name, DateTimeOffset Created, string? Email = null, bool IsEmailProven = false)
{
    /// <summary>Parts of the account that are shown of a user who has proven it.</summary>
    public ProvenAccount Proven => new(Id, Name, Created);
}
