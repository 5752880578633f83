using System.Text;
using Parley.Cli.Chat.Screen.Model;
using Parley.Cli.Chat.Screen.Terminal;
using Parley.Cli.Chat.Screen.View;
using Parley.Client;
using Parley.Protocol.Lines;
using Parley.TestKit;

namespace Parley.Cli.Tests.Chat.Screen;

/// <summary>The full-screen client without a terminal and without a server: keys and lines in, the picture out.</summary>
internal sealed class TestScreen
{
    private readonly Conversation _conversation;
    private readonly KeyBindings _keys;
    private readonly KeyDecoder _decoder = new();

    public TestScreen(int columns = 40, int rows = 12)
    {
        Size = (columns, rows);
        Model = new ChatModel(Actions, Clock);
        var outbound = new Outbound(Model);
        _conversation = new Conversation(Model, outbound);
        _keys = new KeyBindings(Model, outbound);
    }

    public ManualTimeProvider Clock { get; } = new();

    public RecordingActions Actions { get; } = new();

    public ChatModel Model { get; }

    public (int Columns, int Rows) Size { get; set; }

    /// <summary>A screen whose user is Ana, in main with Bob, connected; the pane shows nothing yet.</summary>
    public static TestScreen Connected(int columns = 40, int rows = 12)
    {
        var screen = new TestScreen(columns, rows);
        screen.Connect();
        screen.Receive("Users - Ana, Bob", "Rooms - main (2)");
        screen.Actions.Sent.Clear();
        return screen;
    }

    public void Connect(bool isReturn = false, string name = "Ana")
    {
        Receive($"You are {name}", "You joined main");
        _conversation.Apply(new ClientEvent.Connected(name, "main", isReturn));
    }

    public void Disconnect(Exception? reason = null) =>
        _conversation.Apply(new ClientEvent.Disconnected(reason, TimeSpan.FromSeconds(4)));

    public void Receive(params string[] lines)
    {
        foreach (string line in lines)
        {
            _conversation.Apply(new ClientEvent.LineReceived(ServerLineParser.Parse(line)));
        }

        Draw();
    }

    public void NotSent(string line) => _conversation.NotSent(line, "the connection is lost");

    public void Tick() => _conversation.Tick();

    /// <summary>What a terminal sends for the keys, such as <c>hello\r</c> or <c>\e[A</c>. The screen is drawn after each.</summary>
    public void Type(params string[] inputs)
    {
        foreach (string input in inputs)
        {
            var keys = new List<KeyPress>();
            _decoder.Feed(Encoding.UTF8.GetBytes(input), keys);
            _decoder.Decide(keys);
            foreach (KeyPress key in keys)
            {
                _keys.Apply(key);
                Draw();
            }
        }
    }

    public Frame Draw() => ChatView.Draw(Model, Size.Columns, Size.Rows);

    /// <summary>The rows of the screen as text, without the blanks at their ends.</summary>
    public string[] Rows() => Draw().ToRows();

    /// <summary>What the message pane shows, without the times before the entries and without empty rows.</summary>
    public string[] Pane()
    {
        Layout layout = Layout.For(Size.Columns, Size.Rows);
        int left = layout.HasBoxes ? 1 : 0;
        Frame frame = Draw();
        return
        [
            .. Enumerable.Range(left, layout.PaneRows)
                .Select(row => string.Concat(frame.Row(row)[left..(left + layout.PaneColumns)].ToArray().Select(cell => cell.Text)).TrimEnd())
                .Where(row => row.Length > 0)
                .Select(row => row.Length > 6 && row[2] == ':' ? row[6..] : row),
        ];
    }
}

internal static class FrameText
{
    public static string[] ToRows(this Frame frame) =>
    [
        .. Enumerable.Range(0, frame.Rows).Select(row => string.Concat(frame.Row(row).ToArray().Select(cell => cell.Text)).TrimEnd()),
    ];
}
