using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Rooms;

/// <summary>
/// Masks that match users: <c>name!ident@host</c>, or <c>~a:account</c> for those who have proven an account. Behind <c>~q:</c> either of them
/// silences, and keeps nobody out.
/// </summary>
public static class UserMask
{
    /// <summary>Begins masks of accounts.</summary>
    public const string AccountPrefix = "~a:";

    /// <summary>Begins masks that only silence.</summary>
    public const string MutePrefix = RoomModeChange.MutePrefix;

    /// <summary>True if a mask only silences.</summary>
    public static bool IsMute(string mask) => mask.StartsWith(MutePrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The account that a mask names, with or without wildcards; null if it is about something else.</summary>
    public static string? AccountOf(string mask)
    {
        mask = IsMute(mask) ? mask[MutePrefix.Length..] : mask;
        return mask.StartsWith(AccountPrefix, StringComparison.OrdinalIgnoreCase) ? mask[AccountPrefix.Length..] : null;
    }

    /// <summary>True if the mask is about the user; one that only silences is about whom it silences.</summary>
    public static bool Matches(string mask, in Actor user)
    {
        if (AccountOf(mask) is { } account)
        {
            return !user.Profile.Account.IsEmpty && Glob.Matches(account, user.Profile.Account.Value);
        }

        mask = IsMute(mask) ? mask[MutePrefix.Length..] : mask;
        return Glob.Matches(mask, $"{user.Name.Value}!{user.Profile.Ident}@{user.Profile.Host}");
    }

    /// <summary>Returns the mask for a person who is to be kept out or silenced, and the identity that counts in its place; unknown where the mask counts.</summary>
    /// <remarks>A guest is known by its host, so that a reconnect is no way around; where everybody shares one, as on the server's own machine, by its connection.</remarks>
    public static (string Mask, Identity Who) Of(in Actor person)
        => person.Profile.Login is { } login ? (AccountPrefix + login.Name.Value, Identity.Of(login.Id))
            : person.Profile.Host.EndsWith(".ip", StringComparison.Ordinal) ? ($"*!*@{person.Profile.Host}", default)
            : ($"{person.Name.Value}!*@*", person.Identity);
}
