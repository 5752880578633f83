namespace Parley.Cli.Chat.Screen.Model;

/// <summary>A search in what was said: what is looked for, and where it was found.</summary>
internal sealed class SearchBox(MessageLog log, Scrollback scrollback)
{
    public LineEditor Editor { get; } = new();

    /// <summary>The entry that was found; null if there is none, or nothing to look for.</summary>
    public long? Match { get; private set; }

    /// <summary>Looks for the newest entry, after what is looked for has changed.</summary>
    public void Restart() => Show(Editor.IsEmpty ? null : log.FindBefore(log.End, Editor.Text));

    /// <summary>Goes to the match before this one, if there is one.</summary>
    public void Older() => Show((Match is { } match ? log.FindBefore(match, Editor.Text) : null) ?? Match);

    /// <summary>Goes to the match after this one, if there is one.</summary>
    public void Newer() => Show((Match is { } match ? log.FindAfter(match, Editor.Text) : null) ?? Match);

    private void Show(long? match)
    {
        Match = match;
        if (match is { } found)
        {
            scrollback.Show(found);
        }
    }
}
