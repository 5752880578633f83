using System.Globalization;
using Parley.Cli.Chat.Screen.Text;

namespace Parley.Cli.Chat.Screen.Model;

/// <summary>An entry as the rows that the message pane shows.</summary>
internal static class EntryText
{
    // "10:32 ": what people say begins behind it in every row.
    private const int TimeColumns = 6;

    // Yellow and red of the 16 colours that every terminal has, and that its user may have chosen.
    private const byte MentionColour = 11;
    private const byte AlertColour = 9;

    /// <summary>At least one row, none wider than <paramref name="columns"/>.</summary>
    /// <param name="entry">What was said.</param>
    /// <param name="columns">How many cells a row has.</param>
    /// <param name="marked">What to mark wherever it stands, as a search compares it: what is searched for.</param>
    public static IReadOnlyList<IReadOnlyList<Cell>> Rows(Entry entry, int columns, string marked = "")
    {
        List<Cell> cells = [.. Parts(entry).SelectMany(part => CellText.Of(part.Text, part.Style))];
        if (marked.Length > 0)
        {
            Mark(cells, marked);
        }

        IEnumerable<Cell> time = CellText.Of(entry.Time.ToString("HH':'mm' '", CultureInfo.InvariantCulture), Style.Dim);
        return WordWrap.Rows([.. time, .. cells], columns, TimeColumns);
    }

    private static IEnumerable<(string Text, Style Style)> Parts(Entry entry)
    {
        Style style = entry switch
        {
            { Kind: EntryKind.Notice or EntryKind.Deleted } => Style.Dim.With(StyleKind.Italic),
            { Kind: EntryKind.Alert } => new Style(AlertColour, StyleKind.Italic),
            { IsMention: true } => new Style(MentionColour, StyleKind.Bold),
            _ => default,
        };
        yield return (entry.Before, Style.Dim);
        yield return (entry.Name, new Style(NameColour.Of(entry.Name), StyleKind.Bold));
        yield return (entry.Between, Style.Dim);
        yield return (entry.About, Style.Dim);
        foreach ((string text, bool isLink) in Links.Split(entry.Text))
        {
            yield return (text, isLink ? style.With(StyleKind.Underline) with { Link = text } : style);
        }
    }

    private static void Mark(List<Cell> cells, string marked)
    {
        string wanted = SearchText.Fold(marked);
        List<string> folded = [.. cells.Select(cell => SearchText.FoldCharacter(cell.Text))];
        string text = string.Concat(folded);
        for (int at = text.IndexOf(wanted, StringComparison.Ordinal); at >= 0;
            at = text.IndexOf(wanted, at + wanted.Length, StringComparison.Ordinal))
        {
            int start = 0;
            for (int index = 0; index < cells.Count && start < at + wanted.Length; index++)
            {
                int end = start + folded[index].Length;
                if (end > at)
                {
                    cells[index] = cells[index] with { Style = cells[index].Style.With(StyleKind.Reverse) };
                }

                start = end;
            }
        }
    }
}
