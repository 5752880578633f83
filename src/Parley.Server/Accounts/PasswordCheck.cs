using Parley.Core.Accounts;
using Parley.Core.Names;

namespace Parley.Server.Accounts;

/// <summary>Returns the account of a name if this is its password, made where the settings say so; null if it is not.</summary>
/// <remarks>The user of that number, 0 for nobody who is in, is the one who logs in, and keeps the name if it wears it and the account is made.</remarks>
/// <exception cref="AuthCommandException">It cannot be decided now.</exception>
internal delegate Task<Account?> PasswordCheck(AccountService accounts, UserName name, string password, long userId, CancellationToken cancellationToken);
