using System.Globalization;
using Parley.Cli.Chat.Screen.Model;
using Parley.Cli.Chat.Screen.Text;

namespace Parley.Cli.Chat.Screen.View;

/// <summary>Draws the model. What it shows depends on nothing else but the size of the screen.</summary>
internal static class ChatView
{
    private const string Placeholder = "Start typing...";
    private const string SecretPlaceholder = "Type the password, Esc to give up...";
    private const string SearchPlaceholder = "Type what to look for...";

    public static Frame Draw(ChatModel model, int columns, int rows)
    {
        var frame = new Frame(columns, rows);
        Layout layout = Layout.For(columns, rows);
        // What scrolls must know how much there is to see.
        model.PaneColumns = layout.PaneColumns;
        model.Scrollback.Height = Math.Max(1, layout.PaneRows);

        int paneTop = layout.HasBoxes ? 1 : 0;
        DrawMessages(model, frame, paneTop, layout);
        if (layout.HasBoxes)
        {
            int messagesWidth = columns - layout.MemberColumns;
            DrawBox(frame, 0, 0, messagesWidth, layout.PaneRows + 2, RoomStrip.Title(model));
            RoomStrip.Draw(model, frame, messagesWidth);
            DrawMark(model, frame, layout.PaneRows + 1, messagesWidth);
            DrawBox(frame, layout.InputRow - 1, 0, columns, 3, model.Secret is not null ? "Password" : model.Search is null ? "Send message" : "Search");
        }

        if (layout.MemberColumns > 0)
        {
            DrawMembers(model, frame, columns - layout.MemberColumns, layout);
        }

        DrawInput(model, frame, layout);
        StatusLine.Draw(model, frame, layout.StatusRow, isShort: !layout.HasBoxes);
        return frame;
    }

    private static void DrawMessages(ChatModel model, Frame frame, int top, Layout layout)
    {
        if (model.Scrollback.Bottom is not { } bottom)
        {
            return;
        }

        int left = layout.HasBoxes ? 1 : 0;
        int row = top + layout.PaneRows - 1;
        string marked = model.Search?.Editor.Text ?? "";
        for (long entry = bottom.Entry; entry >= model.Log.First && row >= top; entry--)
        {
            IReadOnlyList<IReadOnlyList<Cell>> rows = EntryText.Rows(model.Log[entry], layout.PaneColumns, marked);
            int last = entry == bottom.Entry ? bottom.Row : rows.Count - 1;
            for (int at = Math.Min(last, rows.Count - 1); at >= 0 && row >= top; at--, row--)
            {
                frame.Draw(row, left, layout.PaneColumns, rows[at]);
            }
        }
    }

    private static void DrawMark(ChatModel model, Frame frame, int row, int width)
    {
        if (model.Scrollback.IsAtEnd)
        {
            return;
        }

        int unread = model.Scrollback.Unread;
        string mark = unread switch
        {
            0 => " ▼ more below ",
            1 => " ▼ 1 new message below ",
            _ => string.Create(CultureInfo.InvariantCulture, $" ▼ {unread} new messages below "),
        };
        frame.Draw(row, Math.Max(1, (width - mark.Length) / 2), width - 2, mark, unread > 0 ? Style.Reverse : Style.Dim);
    }

    private static void DrawMembers(ChatModel model, Frame frame, int left, Layout layout)
    {
        IReadOnlyCollection<string> names = model.Members.Names;
        DrawBox(frame, 0, left, layout.MemberColumns, layout.PaneRows + 2, string.Create(CultureInfo.InvariantCulture, $"Members ({names.Count})"));
        bool isCut = names.Count > layout.PaneRows;
        int shown = isCut ? layout.PaneRows - 1 : names.Count;
        int row = 1;
        foreach (string name in names.Take(shown))
        {
            frame.Draw(row++, left + 1, layout.MemberColumns - 2, name, new Style(NameColour.Of(name)));
        }

        if (isCut)
        {
            frame.Draw(row, left + 1, layout.MemberColumns - 2, string.Create(CultureInfo.InvariantCulture, $"and {names.Count - shown} more"), Style.Dim);
        }
    }

    private static void DrawInput(ChatModel model, Frame frame, Layout layout)
    {
        int left = layout.HasBoxes ? 1 : 0;
        int width = Math.Max(1, frame.Columns - (2 * left));
        LineEditor editor = model.Secret ?? model.Search?.Editor ?? model.Editor;
        if (editor.IsEmpty)
        {
            frame.Draw(layout.InputRow, left, width, model.Secret is not null ? SecretPlaceholder : model.Search is null ? Placeholder : SearchPlaceholder, Style.Dim);
            frame.Cursor = (layout.InputRow, left);
            return;
        }

        // The part that has the cursor in it, with a place behind the end for the cursor itself.
        bool isSecret = model.Secret is not null;
        string text = isSecret ? new string('•', editor.Text.Length) : editor.Text;
        int before = isSecret ? editor.Cursor : CellText.WidthOf(text[..editor.Cursor]);
        int skipped = Math.Max(0, before - width + 1);
        List<Cell> cells = [.. CellText.Of(text, default)];
        int first = 0;
        for (int skip = 0; skip < skipped; first++)
        {
            skip += cells[first].Width;
            skipped = Math.Max(skip, skipped);
        }

        bool isLost = model.Search is { Match: null };
        frame.Draw(layout.InputRow, left, width, cells.Skip(first).Select(cell => isLost ? cell with { Style = Style.Dim } : cell));
        frame.Cursor = (layout.InputRow, left + Math.Min(before - skipped, width - 1));
    }

    private static void DrawBox(Frame frame, int top, int left, int width, int height, string title)
    {
        string line = new('─', width - 2);
        frame.Draw(top, left, width, $"╭{line}╮", Style.Dim);
        for (int row = top + 1; row < top + height - 1; row++)
        {
            frame.Draw(row, left, 1, "│", Style.Dim);
            frame.Draw(row, left + width - 1, 1, "│", Style.Dim);
        }

        frame.Draw(top + height - 1, left, width, $"╰{line}╯", Style.Dim);
        if (title.Length > 0)
        {
            frame.Draw(top, left + 2, width - 4, $" {title} ", Style.Bold);
        }
    }
}
