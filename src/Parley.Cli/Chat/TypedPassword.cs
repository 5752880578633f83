using Parley.Protocol.Lines;

namespace Parley.Cli.Chat;

/// <summary>Passwords that the user types as the next line: hidden from when the server asks until the line is there.</summary>
/// <param name="echo">The terminal's echo; null where nobody sits at one.</param>
internal sealed class TypedPassword(ITerminalEcho? echo)
{
    private readonly Lock _gate = new();
    private bool _mayBeAsked;
    private bool _isHidden;
    private bool _isOver;

    /// <summary>True for a notice by which a server asks for a password: docs/protocols/lines.md.</summary>
    public static bool IsWanted(string text)
        => text.StartsWith("Send ", StringComparison.Ordinal) && text.Contains(" password", StringComparison.Ordinal)
            && text.Contains(" as the next line", StringComparison.Ordinal);

    /// <summary>Takes a line that the user has typed.</summary>
    public void Typed(ReadOnlySpan<byte> line)
    {
        lock (_gate)
        {
            // Of its own accord a server asks for nothing, but for the new password behind the one before.
            _mayBeAsked = _isHidden || (line.StartsWith("/login "u8) || line.StartsWith("/account "u8));
            Show();
        }
    }

    /// <summary>Takes a line of the server.</summary>
    public void Said(in ServerLine line)
    {
        lock (_gate)
        {
            if (_mayBeAsked && !_isOver && line.Kind == ServerLineKind.Notice && IsWanted(line.Text))
            {
                (_mayBeAsked, _isHidden) = (false, true);
                echo?.Hide();
            }
        }
    }

    /// <summary>Leaves the terminal as it was, for good.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isOver = true;
            Show();
        }
    }

    private void Show()
    {
        if (_isHidden)
        {
            _isHidden = false;
            echo?.Show();
        }
    }
}
