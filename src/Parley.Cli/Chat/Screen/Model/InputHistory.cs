namespace Parley.Cli.Chat.Screen.Model;

/// <summary>The lines that were sent, to be brought back; what was being written meanwhile is kept.</summary>
internal sealed class InputHistory
{
    private const int Capacity = 500;

    private readonly List<string> _lines = [];
    private int _at;
    private string _draft = "";

    public void Add(string line)
    {
        if (line.Length > 0 && (_lines.Count == 0 || _lines[^1] != line))
        {
            _lines.Add(line);
            if (_lines.Count > Capacity)
            {
                _lines.RemoveAt(0);
            }
        }

        _at = _lines.Count;
        _draft = "";
    }

    /// <summary>The line before; null if there is none. <paramref name="present"/> is what stands in the input now.</summary>
    public string? Older(string present)
    {
        if (_at == 0)
        {
            return null;
        }

        if (_at == _lines.Count)
        {
            _draft = present;
        }

        return _lines[--_at];
    }

    /// <summary>The line after, the last being what was being written; null if that is there already.</summary>
    public string? Newer()
    {
        if (_at == _lines.Count)
        {
            return null;
        }

        _at++;
        return _at == _lines.Count ? _draft : _lines[_at];
    }
}
