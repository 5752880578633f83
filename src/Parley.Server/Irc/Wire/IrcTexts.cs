using System.Text;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Wire;

/// <summary>Texts that may have only so many bytes.</summary>
internal static class IrcTexts
{
    /// <summary>As much of a text as fits, not cut within a character.</summary>
    public static string Cut(string text, int maxBytes)
    {
        if (text.Length * 3 <= maxBytes)
        {
            return text;
        }

        return Encoding.UTF8.GetString(IrcText.Truncate(Encoding.UTF8.GetBytes(text), maxBytes));
    }

    /// <summary>Returns the first word of what somebody gave as one word, to be shown to him again, of at most 50 bytes; <c>*</c> if there is none, or it begins with a colon.</summary>
    public static string Word(string text) => text.Split(' ')[0] is { Length: > 0 } word and not [':', ..] ? Cut(word, 50) : "*";

    /// <summary>A word that can stand in the middle of a line; <c>*</c> in place of one that cannot.</summary>
    public static string Middle(string word) => word is "" or [':', ..] ? "*" : word;

    /// <summary>The words of a list with commas, without empty ones.</summary>
    public static string[] List(string parameter) => parameter.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
