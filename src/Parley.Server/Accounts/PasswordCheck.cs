using Parley.Core.Accounts;
using Parley.Core.Names;

namespace Parley.Server.Accounts;

/// <summary>Returns the account of a name if this is its password, made where the settings say so; null if it is not.</summary>
/// <exception cref="AuthCommandException">It cannot be decided now.</exception>
internal delegate Task<Account?> PasswordCheck(AccountService accounts, UserName name, string password, CancellationToken cancellationToken);
