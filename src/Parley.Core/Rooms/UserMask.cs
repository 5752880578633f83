using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Rooms;

/// <summary>Whom a mask is about: <c>name!ident@host</c>, or <c>~a:account</c> for those who have proven an account.</summary>
public static class UserMask
{
    /// <summary>Begins masks of accounts; <c>~account:</c> does as well.</summary>
    public const string AccountPrefix = "~a:";

    private const string LongAccountPrefix = "~account:";

    /// <summary>Whether the mask is about the user.</summary>
    public static bool Matches(string mask, in Actor user)
    {
        var account = mask.StartsWith(AccountPrefix, StringComparison.OrdinalIgnoreCase) ? mask[AccountPrefix.Length..]
            : mask.StartsWith(LongAccountPrefix, StringComparison.OrdinalIgnoreCase) ? mask[LongAccountPrefix.Length..]
            : null;
        if (account is not null)
        {
            return !user.Profile.Account.IsEmpty && Glob.Matches(account, user.Profile.Account.Value);
        }

        return Glob.Matches(mask, $"{user.Name.Value}!{user.Profile.Ident}@{user.Profile.Host}");
    }
}
