namespace Parley.Cli.Chat.Screen.Model;

/// <summary>Messages that are about others, in words: what is answered, what was deleted.</summary>
internal static class References
{
    // Enough to know the message again.
    private const int MaxQuoted = 40;

    /// <summary>The message of that id, by its first line; null if it is not in the log.</summary>
    public static Entry? Find(MessageLog log, string id)
    {
        Entry? first = null;
        foreach (long at in log.FindId(id))
        {
            first = log[at];
        }

        return first;
    }

    /// <summary>Words before an answer, about the message that it answers.</summary>
    public static string About(Entry? answered)
    {
        if (answered is null)
        {
            return "(to an earlier message) ";
        }

        string text = answered.Text.Length <= MaxQuoted ? answered.Text : $"{Cut(answered.Text)}...";
        return $"(to {answered.Name}, \"{text}\") ";
    }

    /// <summary>Puts words in the place of a message that was deleted; the result says what happened.</summary>
    /// <param name="log">Where the message is.</param>
    /// <param name="id">The message.</param>
    /// <param name="by">Who deleted it.</param>
    /// <param name="reason">Why; empty if nothing is said.</param>
    public static string Delete(MessageLog log, string id, string by, string reason)
    {
        string why = reason.Length == 0 ? "" : $" ({reason})";
        string? author = null;
        // The last first: the words stand at the first line of the message.
        long[] lines = [.. log.FindId(id)];
        foreach (long at in lines)
        {
            author = log[at].Name;
            log[at] = log[at] with { Kind = EntryKind.Deleted, Text = at == lines[^1] ? $"deleted{why}" : "deleted, too", About = "", IsMention = false };
        }

        return author is null ? $"{by} deleted an earlier message{why}"
            : author.Equals(by, StringComparison.OrdinalIgnoreCase) ? $"{by} deleted a message of their own{why}"
            : $"{by} deleted a message of {author}{why}";
    }

    private static string Cut(string text)
    {
        int end = 0;
        while (end < MaxQuoted)
        {
            end += Text.CellText.LengthAt(text, end);
        }

        return text[..end].TrimEnd();
    }
}
