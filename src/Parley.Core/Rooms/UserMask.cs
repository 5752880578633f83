using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Rooms;

/// <summary>Whom a mask is about: <c>name!ident@host</c>, or <c>~a:account</c> for those who have proven an account.</summary>
public static class UserMask
{
    /// <summary>Begins masks of accounts.</summary>
    public const string AccountPrefix = "~a:";

    /// <summary>Whether the mask is about the user.</summary>
    public static bool Matches(string mask, in Actor user)
        => mask.StartsWith(AccountPrefix, StringComparison.OrdinalIgnoreCase)
            ? !user.Profile.Account.IsEmpty && Glob.Matches(mask.AsSpan(AccountPrefix.Length), user.Profile.Account.Value)
            : Glob.Matches(mask, $"{user.Name.Value}!{user.Profile.Ident}@{user.Profile.Host}");
}
