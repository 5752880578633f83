using Parley.Core.Names;

namespace Parley.Core.Accounts;

/// <summary>The account that a user has proven to be its own.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">Its name.</param>
/// <param name="Created">When it was made, UTC: what an account of the same name said before is not its own.</param>
public sealed record ProvenAccount(AccountId Id, UserName Name, DateTimeOffset Created);
