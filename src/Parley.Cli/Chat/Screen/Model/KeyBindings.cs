using Parley.Cli.Chat.Screen.Terminal;
using Parley.Core.Text;

namespace Parley.Cli.Chat.Screen.Model;

/// <summary>Carries out the action of each key press.</summary>
internal sealed class KeyBindings(ChatModel model, Outbound outbound)
{
    private const int WheelRows = 3;

    // Rooms come and go; whoever completes one wants those of now, or at least of just now.
    private static readonly TimeSpan RoomListAge = TimeSpan.FromSeconds(5);

    private long? _askedRoomsAt;
    private bool _hasAskedToQuit;

    public void Apply(KeyPress key)
    {
        model.Hint = null;
        bool hasAsked = _hasAskedToQuit;
        _hasAskedToQuit = false;
        if (key.Kind is not (KeyKind.Tab or KeyKind.BackTab))
        {
            model.Completion.End();
        }

        if (IsQuit(key))
        {
            Quit(hasAsked);
            return;
        }

        if (ApplyAnywhere(key))
        {
            return;
        }

        if (model.Secret is { } secret)
        {
            ApplyToSecret(key, secret);
        }
        else if (model.Search is { } search)
        {
            ApplyToSearch(key, search);
        }
        else
        {
            ApplyToLine(key);
        }
    }

    // Esc ends a search first.
    private bool IsQuit(KeyPress key) => key is { Kind: KeyKind.Letter, Control: true, Text: "c" or "d" }
        || (key is { Kind: KeyKind.Escape } && model.Search is null && model.Secret is null);

    /// <summary>Leaves, unless a line is being written: then the user is asked first, and any other key goes on with the line.</summary>
    private void Quit(bool hasAsked)
    {
        RoomPane? unsent = model.Panes.All.FirstOrDefault(pane => !string.IsNullOrWhiteSpace(pane.Editor.Text));
        if (hasAsked || unsent is null)
        {
            model.Actions.Quit();
            return;
        }

        _hasAskedToQuit = true;
        model.Hint = string.IsNullOrWhiteSpace(model.Editor.Text)
            ? $"Your line in {unsent.Name} is not sent: once more to leave without it"
            : "Your line is not sent: once more to leave without it";
    }

    private bool ApplyAnywhere(KeyPress key)
    {
        switch (key)
        {
            case { Kind: KeyKind.Letter, Control: true, Text: "l" }:
                model.Actions.Redraw();
                return true;
            case { Kind: KeyKind.Letter, Control: true, Text: "z" }:
                model.Actions.Suspend();
                return true;
            case { Kind: KeyKind.Letter, Alt: true, Text: [>= '1' and <= '9'] }:
                Switch(() => model.Panes.Show(key.Text[0] - '1'));
                return true;
            case { Kind: KeyKind.Letter, Alt: true, Text: "a" }:
                Switch(model.Panes.ShowUnread);
                return true;
            case { Kind: KeyKind.Letter, Control: true, Text: "n" or "p" } when model.Panes.All.Count > 1:
                Switch(() => model.Panes.Step(key.Text == "n" ? 1 : -1));
                return true;
            case { Kind: KeyKind.PageUp }:
                model.Scrollback.Up(Math.Max(1, model.Scrollback.Height - 1));
                return true;
            case { Kind: KeyKind.PageDown }:
                model.Scrollback.Down(Math.Max(1, model.Scrollback.Height - 1));
                return true;
            case { Kind: KeyKind.WheelUp }:
                model.Scrollback.Up(WheelRows);
                return true;
            case { Kind: KeyKind.WheelDown }:
                model.Scrollback.Down(WheelRows);
                return true;
            case { Kind: KeyKind.Up, IsByWord: true }:
                model.Scrollback.Up(1);
                return true;
            case { Kind: KeyKind.Down, IsByWord: true }:
                model.Scrollback.Down(1);
                return true;
            case { Kind: KeyKind.Home, IsByWord: true }:
                model.Scrollback.ToStart();
                return true;
            case { Kind: KeyKind.End, IsByWord: true }:
                model.Scrollback.ToEnd();
                return true;
            default:
                return false;
        }
    }

    /// <summary>Shows another room; a search is about one.</summary>
    private void Switch(Action show)
    {
        model.Search = null;
        show();
    }

    private void ApplyToSecret(KeyPress key, LineEditor secret)
    {
        switch (key)
        {
            case { Kind: KeyKind.Enter }:
                outbound.SaySecret(secret.Text);
                break;
            case { Kind: KeyKind.Escape }:
                // An empty line gives up.
                outbound.SaySecret("");
                break;
            case { Kind: KeyKind.Paste }:
                secret.Insert(key.Text.TrimEnd('\r', '\n'));
                break;
            case { Kind: KeyKind.Letter, Text: "y" or "w" or "k" }:
                // What is cut here could be put back where it is seen.
                break;
            default:
                Edit(key, secret);
                break;
        }
    }

    private void ApplyToSearch(KeyPress key, SearchBox search)
    {
        switch (key)
        {
            case { Kind: KeyKind.Escape }:
                model.Search = null;
                break;
            case { Kind: KeyKind.Enter or KeyKind.Up } or { Kind: KeyKind.Letter, Control: true, Text: "f" }:
                search.Older();
                break;
            case { Kind: KeyKind.Down }:
                search.Newer();
                break;
            case { Kind: KeyKind.Paste }:
                search.Editor.Insert(key.Text);
                search.Restart();
                break;
            default:
                string before = search.Editor.Text;
                Edit(key, search.Editor);
                if (search.Editor.Text != before)
                {
                    search.Restart();
                }

                break;
        }
    }

    private void ApplyToLine(KeyPress key)
    {
        switch (key)
        {
            case { Kind: KeyKind.Enter }:
                Enter();
                break;
            case { Kind: KeyKind.Paste }:
                Paste(key.Text);
                break;
            case { Kind: KeyKind.Tab } or { Kind: KeyKind.BackTab }:
                Complete(key.Kind == KeyKind.Tab ? 1 : -1);
                break;
            case { Kind: KeyKind.Up } or { Kind: KeyKind.Letter, Control: true, Text: "p" }:
                Recall(model.History.Older(model.Editor.Text));
                break;
            case { Kind: KeyKind.Down } or { Kind: KeyKind.Letter, Control: true, Text: "n" }:
                Recall(model.History.Newer());
                break;
            case { Kind: KeyKind.Letter, Control: true, Text: "f" }:
                model.Search = new SearchBox(model.Log, model.Scrollback);
                break;
            default:
                Edit(key, model.Editor);
                break;
        }
    }

    private static void Edit(KeyPress key, LineEditor editor)
    {
        Action? edit = key switch
        {
            { Kind: KeyKind.Text } => () => editor.Insert(key.Text),
            { Kind: KeyKind.Backspace, IsByWord: true } => editor.KillWordLeft,
            { Kind: KeyKind.Backspace } => editor.Backspace,
            { Kind: KeyKind.Delete, IsByWord: true } => editor.KillWordRight,
            { Kind: KeyKind.Delete } => editor.Delete,
            { Kind: KeyKind.Left, IsByWord: true } => editor.WordLeft,
            { Kind: KeyKind.Left } => editor.Left,
            { Kind: KeyKind.Right, IsByWord: true } => editor.WordRight,
            { Kind: KeyKind.Right } => editor.Right,
            { Kind: KeyKind.Home } => editor.Home,
            { Kind: KeyKind.End } => editor.End,
            { Kind: KeyKind.Letter, Control: true } => key.Text switch
            {
                "a" => editor.Home,
                "e" => editor.End,
                "b" => editor.Left,
                "u" => editor.KillToStart,
                "k" => editor.KillToEnd,
                "w" => editor.KillWordLeft,
                "y" => editor.Yank,
                _ => null,
            },
            { Kind: KeyKind.Letter, Alt: true } => key.Text switch
            {
                "b" => editor.WordLeft,
                "f" => editor.WordRight,
                "d" => editor.KillWordRight,
                _ => null,
            },
            _ => null,
        };
        edit?.Invoke();
    }

    private void Enter()
    {
        if (model.Editor.IsEmpty)
        {
            model.Scrollback.ToEnd();
            model.Actions.RetryNow();
            return;
        }

        string line = model.Editor.Text;
        if (outbound.Say(line))
        {
            model.Editor.Take();
            model.History.Add(line);
            model.Scrollback.ToEnd();
        }
        else
        {
            model.Hint = "Not connected yet: the line stays here";
            model.Actions.RetryNow();
        }
    }

    /// <summary>
    /// Each line of a paste is a message, and only a message: a line that begins with a slash is said, not run. What follows its
    /// last line break is left to be finished. A single line waits for Enter, and then means what it would if it had been typed.
    /// </summary>
    private void Paste(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        if (lines is [var only, ""])
        {
            lines = [only];
        }

        string behind = model.Editor.Text[model.Editor.Cursor..];
        model.Editor.Replace(model.Editor.Cursor, model.Editor.Text.Length, "");
        int unsent = 0;
        foreach (string line in lines[..^1])
        {
            Insert(line);
            string message = model.Editor.Take();
            model.History.Add(message);
            unsent += message.Length == 0 || outbound.Say(message) ? 0 : 1;
        }

        if (lines.Length == 1)
        {
            model.Editor.Insert(lines[0]);
        }
        else
        {
            Insert(lines[^1]);
        }

        int cursor = model.Editor.Cursor;
        model.Editor.Set(model.Editor.Text + behind, cursor);
        if (unsent > 0)
        {
            model.Hint = $"Not connected: {Counted.Of(unsent, "line")} not sent, Up brings {(unsent == 1 ? "it" : "them")} back";
        }
    }

    // What the user typed before it stays a command: "/me " and then a paste.
    private void Insert(string pasted) => model.Editor.Insert(model.Editor.IsEmpty && pasted.StartsWith('/') ? "/" + pasted : pasted);

    private void Complete(int step)
    {
        if (model.Editor.Text.StartsWith("/join ", StringComparison.Ordinal)
            && (_askedRoomsAt is not { } askedAt || model.Since(askedAt) > RoomListAge))
        {
            _askedRoomsAt = model.Timestamp;
            outbound.AskRooms();
        }

        model.Completion.Next(model.Editor, step);
    }

    private void Recall(string? line)
    {
        if (line is not null)
        {
            model.Editor.Set(line);
        }
    }
}
