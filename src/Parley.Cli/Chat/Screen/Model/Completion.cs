using System.Globalization;

namespace Parley.Cli.Chat.Screen.Model;

/// <summary>Tab: completes the word that the cursor is in or behind, and with each further Tab in another way.</summary>
internal sealed class Completion(ChatModel model)
{
    private string[] _candidates = [];
    private int _chosen;
    private int _start;
    private int _end;
    private bool _isBeforeSpace;

    /// <summary>Completes, or puts the next (or the one before) in the place of what was completed last.</summary>
    public void Next(LineEditor editor, int step)
    {
        if (_candidates.Length == 0)
        {
            Begin(editor, step);
        }
        else
        {
            _chosen = (_chosen + step + _candidates.Length) % _candidates.Length;
        }

        if (_candidates.Length > 0)
        {
            editor.Replace(_start, _end, _candidates[_chosen]);
            _end = editor.Cursor;
            if (_isBeforeSpace)
            {
                // The space that is there already serves.
                editor.Right();
            }
        }
    }

    /// <summary>Another key was pressed: the word stands.</summary>
    public void End() => _candidates = [];

    private void Begin(LineEditor editor, int step)
    {
        string text = editor.Text;
        int start = editor.Cursor == 0 ? 0 : text.LastIndexOf(' ', editor.Cursor - 1) + 1;
        _end = editor.Cursor;
        while (_end < text.Length && _end > start && IsNameChar(text[_end]))
        {
            _end++;
        }

        _isBeforeSpace = _end < text.Length && text[_end] == ' ';
        bool isBeforeMark = _end < text.Length && !_isBeforeSpace;
        _candidates = Find(text, start, editor.Cursor, suffix => isBeforeMark ? "" : _isBeforeSpace ? suffix.TrimEnd() : suffix);
        _chosen = step > 0 ? 0 : _candidates.Length - 1;
    }

    // The whole word first: a name may begin with a bracket. Then without the signs that people write before one: (al, @al.
    private string[] Find(string text, int start, int cursor, Func<string, string> shorten)
    {
        for (_start = start; ; _start++)
        {
            string word = text[_start..cursor];
            string[] found =
            [
                .. Words(text[.._start], word)
                    .Where(candidate => candidate.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                    .OrderBy(candidate => candidate.Text, StringComparer.OrdinalIgnoreCase)
                    .Select(candidate => candidate.Text + shorten(candidate.Suffix)),
            ];
            if (found.Length > 0 || word.Length < 2 || word[0] is not ('@' or '(' or '[' or '{' or '<' or '"' or '\'' or '*' or '_'))
            {
                return found;
            }
        }
    }

    private IEnumerable<(string Text, string Suffix)> Words(string before, string word)
    {
        if (before.Length == 0)
        {
            // At the start of a line a name is who is spoken to.
            return word.StartsWith('/') ? model.Commands.Select(command => (command, " "))
                : word.Length == 0 ? []
                : OtherNames().Select(name => (name, ": "));
        }

        return before.TrimEnd() == "/join" ? model.Rooms.Select(room => (room, " ")) : OtherNames().Select(name => (name, " "));
    }

    private IEnumerable<string> OtherNames() =>
        model.Members.Names.Where(name => !name.Equals(model.Name, StringComparison.OrdinalIgnoreCase));

    private static bool IsNameChar(char c)
        => char.IsLetterOrDigit(c) || c is '-' or '_'
            || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
