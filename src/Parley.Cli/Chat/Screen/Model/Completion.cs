namespace Parley.Cli.Chat.Screen.Model;

/// <summary>Tab: completes the word before the cursor, and with each further Tab in another way.</summary>
internal sealed class Completion(ChatModel model)
{
    private IReadOnlyList<string> _candidates = [];
    private int _chosen;
    private int _start;
    private int _end;

    /// <summary>Completes, or puts the next (or the one before) in the place of what was completed last.</summary>
    public void Next(LineEditor editor, int step)
    {
        if (_candidates.Count == 0)
        {
            Begin(editor, step);
        }
        else
        {
            _chosen = (_chosen + step + _candidates.Count) % _candidates.Count;
        }

        if (_candidates.Count > 0)
        {
            editor.Replace(_start, _end, _candidates[_chosen]);
            _end = editor.Cursor;
        }
    }

    /// <summary>Another key was pressed: the word stands.</summary>
    public void End() => _candidates = [];

    private void Begin(LineEditor editor, int step)
    {
        _end = editor.Cursor;
        _start = _end == 0 ? 0 : editor.Text.LastIndexOf(' ', _end - 1) + 1;
        string word = editor.Text[_start.._end];
        _candidates =
        [
            .. Words(editor.Text[.._start], word)
                .Where(candidate => candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.OrdinalIgnoreCase),
        ];
        _chosen = step > 0 ? 0 : _candidates.Count - 1;
    }

    private IEnumerable<string> Words(string before, string word)
    {
        if (before.Length == 0)
        {
            // At the start of a line a name is who is spoken to.
            return word.StartsWith('/') ? model.Commands.Select(command => command + " ")
                : word.Length == 0 ? []
                : OtherNames().Select(name => name + ": ");
        }

        return before.TrimEnd() == "/join" ? model.Rooms.Select(room => room + " ") : OtherNames().Select(name => name + " ");
    }

    private IEnumerable<string> OtherNames() =>
        model.Members.Names.Where(name => !name.Equals(model.Name, StringComparison.OrdinalIgnoreCase));
}
