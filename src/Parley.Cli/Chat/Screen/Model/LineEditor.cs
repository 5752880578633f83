using System.Text;
using Parley.Cli.Chat.Screen.Text;

namespace Parley.Cli.Chat.Screen.Model;

/// <summary>A line being written: its text, and a cursor that moves by what people see as one character.</summary>
internal sealed class LineEditor
{
    // Ten times what a server takes in one line; a book pasted by mistake is not edited here.
    private const int MaxChars = 4000;

    private string _killed = "";

    public string Text { get; private set; } = "";

    /// <summary>Where the cursor is, as an index into <see cref="Text"/>; never inside a character.</summary>
    public int Cursor { get; private set; }

    public bool IsEmpty => Text.Length == 0;

    /// <summary>The cursor goes to the end, unless told otherwise.</summary>
    public void Set(string text, int? cursor = null) => (Text, Cursor) = (text, cursor ?? text.Length);

    /// <summary>Puts text where the cursor is; what would make the line longer than 4000 characters is left out.</summary>
    public void Insert(string text)
    {
        string clean = CellText.Clean(text);
        Replace(Cursor, Cursor, clean[..Math.Clamp(MaxChars - Text.Length, 0, clean.Length)]);
    }

    /// <summary>Takes the line away, as it is sent.</summary>
    public string Take()
    {
        string text = Text;
        Set("");
        return text;
    }

    public void Left() => Cursor = Before();

    public void Right() => Cursor = After();

    public void WordLeft() => Cursor = WordStart();

    public void WordRight() => Cursor = WordEnd();

    public void Home() => Cursor = 0;

    public void End() => Cursor = Text.Length;

    public void Backspace() => Replace(Before(), Cursor, "");

    public void Delete() => Replace(Cursor, After(), "");

    public void KillWordLeft() => Kill(WordStart(), Cursor);

    public void KillWordRight() => Kill(Cursor, WordEnd());

    public void KillToStart() => Kill(0, Cursor);

    public void KillToEnd() => Kill(Cursor, Text.Length);

    /// <summary>Puts back what was cut last.</summary>
    public void Yank() => Insert(_killed);

    /// <summary>Puts text in the place of a part of the line, and the cursor behind it.</summary>
    public void Replace(int from, int to, string text) => Set(Text[..from] + text + Text[to..], from + text.Length);

    private void Kill(int from, int to)
    {
        if (from < to)
        {
            _killed = Text[from..to];
            Replace(from, to, "");
        }
    }

    private int Before() => CellText.StartBefore(Text, Cursor);

    private int After() => Cursor == Text.Length ? Cursor : Cursor + CellText.LengthAt(Text, Cursor);

    private int WordStart()
    {
        int at = Cursor;
        while (at > 0 && !IsWordAt(CellText.StartBefore(Text, at)))
        {
            at = CellText.StartBefore(Text, at);
        }

        while (at > 0 && IsWordAt(CellText.StartBefore(Text, at)))
        {
            at = CellText.StartBefore(Text, at);
        }

        return at;
    }

    private int WordEnd()
    {
        int at = Cursor;
        while (at < Text.Length && !IsWordAt(at))
        {
            at += CellText.LengthAt(Text, at);
        }

        while (at < Text.Length && IsWordAt(at))
        {
            at += CellText.LengthAt(Text, at);
        }

        return at;
    }

    private bool IsWordAt(int at) => Rune.TryGetRuneAt(Text, at, out Rune rune) && (Rune.IsLetterOrDigit(rune) || rune.Value == '_');
}
