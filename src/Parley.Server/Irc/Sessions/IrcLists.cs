using System.Text;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Sessions;

/// <summary>Answers that are lists, and take as many lines as they need.</summary>
internal static class IrcLists
{
    /// <summary>Answers with the words of a list, packed into as few numerics as they fit in; with none if there are no words.</summary>
    /// <param name="session">Who is answered.</param>
    /// <param name="numeric">Of each line.</param>
    /// <param name="before">What stands before the list in each line, with a space at its end; may be empty.</param>
    /// <param name="words">The words.</param>
    /// <param name="separator">What stands between them.</param>
    public static void Numerics(this IrcSession session, IrcNumeric numeric, string before, IEnumerable<string> words, char separator = ' ')
    {
        var overhead = $":{session.Context.ServerName} 000 {session.Nick} {before}:".Length;
        foreach (var text in Pack(words, IrcFramer.MaxBodyBytes - overhead, separator))
        {
            session.Numeric(numeric, $"{before}:{text}");
        }
    }

    /// <summary>Puts words together into texts of at most so many bytes each.</summary>
    public static IEnumerable<string> Pack(IEnumerable<string> words, int maxBytes, char separator = ' ')
    {
        var text = new StringBuilder();
        var length = 0;
        foreach (var word in words)
        {
            var bytes = Encoding.UTF8.GetByteCount(word);
            if (text.Length > 0 && length + 1 + bytes > maxBytes)
            {
                yield return text.ToString();
                (_, length) = (text.Clear(), 0);
            }

            length += text.Length > 0 ? bytes + 1 : bytes;
            _ = text.Length > 0 ? text.Append(separator).Append(word) : text.Append(word);
        }

        if (text.Length > 0)
        {
            yield return text.ToString();
        }
    }
}
