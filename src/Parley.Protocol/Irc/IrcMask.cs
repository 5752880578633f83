namespace Parley.Protocol.Irc;

// https://modern.ircdocs.horse/#wildcard-expressions
//
// mask      = *( "*" / "?" / "\*" / "\?" / "\\" / CHAR )      ; any other backslash is itself

/// <summary>Masks with wildcards, such as those of bans: <c>*!*@*.example.com</c>.</summary>
public static class IrcMask
{
    /// <summary>Whether the whole text is of the mask's form; ASCII letters are compared without case.</summary>
    /// <remarks>It takes steps of the order of both lengths multiplied, and no more, whatever the mask.</remarks>
    public static bool Matches(ReadOnlySpan<char> mask, ReadOnlySpan<char> text)
    {
        var (m, t) = (0, 0);
        var (afterStar, retry) = (-1, 0);
        while (t < text.Length)
        {
            if (m < mask.Length && mask[m] == '*')
            {
                // An earlier star needs no second try: whatever it might take, this one can.
                (afterStar, retry) = (++m, t);
            }
            else if (MatchesOne(mask[m..], text[t..], out var ofMask, out var ofText))
            {
                m += ofMask;
                t += ofText;
            }
            else if (afterStar >= 0)
            {
                m = afterStar;
                t = ++retry;
            }
            else
            {
                return false;
            }
        }

        return mask[m..].Trim('*').IsEmpty;
    }

    /// <summary>Whether there is a wildcard in the mask.</summary>
    public static bool HasWildcards(ReadOnlySpan<char> mask)
    {
        for (var i = 0; i < mask.Length; i += IsEscape(mask[i..]) ? 2 : 1)
        {
            if (mask[i] is '*' or '?')
            {
                return true;
            }
        }

        return false;
    }

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

    private static bool MatchesOne(ReadOnlySpan<char> mask, ReadOnlySpan<char> text, out int ofMask, out int ofText)
    {
        (ofMask, ofText) = (1, 1);
        if (mask.IsEmpty)
        {
            return false;
        }

        if (mask[0] == '?')
        {
            // One character, though it be two in UTF-16.
            ofText = text.Length > 1 && char.IsSurrogatePair(text[0], text[1]) ? 2 : 1;
            return true;
        }

        ofMask = IsEscape(mask) ? 2 : 1;
        return AreSame(mask[ofMask - 1], text[0]);
    }

    private static bool IsEscape(ReadOnlySpan<char> mask) => mask is ['\\', '*' or '?' or '\\', ..];

    private static bool AreSame(char a, char b) => a == b || ((a ^ b) == 0x20 && char.IsAsciiLetter(a));

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
