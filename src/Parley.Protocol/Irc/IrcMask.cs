namespace Parley.Protocol.Irc;

// https://modern.ircdocs.horse/#wildcard-expressions
//
// mask = nick "!" user "@" host      ; each with "*" and "?", which "\" takes as they are

/// <summary>Masks of users, such as those of bans: <c>*!*@*.example.com</c>.</summary>
public static class IrcMask
{
    /// <summary>Makes <c>nick!user@host</c> of a mask of which parts are missing, and one star of several in a row.</summary>
    /// <remarks>A single word is a nick, or a host when it has a dot or a colon. An extended ban is no such mask: tell it apart before.</remarks>
    public static string Normalize(string mask)
    {
        var bang = mask.IndexOf('!');
        var at = mask.LastIndexOf('@');
        if (at < bang)
        {
            at = -1;
        }

        var (nick, user, host) = (bang, at) switch
        {
            ( < 0, < 0) when mask.AsSpan().ContainsAny('.', ':') => ("", "", mask),
            ( < 0, < 0) => (mask, "", ""),
            ( < 0, _) => ("", mask[..at], mask[(at + 1)..]),
            (_, < 0) => (mask[..bang], mask[(bang + 1)..], ""),
            _ => (mask[..bang], mask[(bang + 1)..at], mask[(at + 1)..]),
        };
        return WithSingleStars($"{OrStar(nick)}!{OrStar(user)}@{OrStar(host)}");

        static string OrStar(string part) => part.Length == 0 ? "*" : part;
    }

    private static bool IsEscape(ReadOnlySpan<char> mask) => mask is ['\\', '*' or '?' or '\\', ..];

    private static string WithSingleStars(string mask)
    {
        var kept = new char[mask.Length];
        var length = 0;
        for (var i = 0; i < mask.Length;)
        {
            var take = IsEscape(mask.AsSpan(i)) ? 2 : 1;
            mask.AsSpan(i, take).CopyTo(kept.AsSpan(length));
            length += take;
            var wasStar = take == 1 && mask[i] == '*';
            i += take;
            while (wasStar && i < mask.Length && mask[i] == '*')
            {
                i++;
            }
        }

        return new string(kept, 0, length);
    }
}
