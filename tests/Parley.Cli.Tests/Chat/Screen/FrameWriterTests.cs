using System.Text;
using Parley.Cli.Chat.Screen.Text;
using Parley.Cli.Chat.Screen.View;

namespace Parley.Cli.Tests.Chat.Screen;

public sealed class FrameWriterTests
{
    private readonly TerminalEmulator _terminal = new(12, 4);
    private readonly FrameWriter _writer = new(hasColour: true);

    [Fact]
    public void What_has_not_changed_is_not_written_again()
    {
        Show(Frame("hello", "world"));
        int before = _terminal.Written;
        Show(Frame("hello", "wOrld"));
        Assert.Equal(before + 1, _terminal.Written);
        Assert.True(_writer.Write(Frame("hello", "wOrld")).IsEmpty);
    }

    [Fact]
    public void After_each_frame_the_terminal_shows_it_whatever_was_there_before()
    {
        string[] pieces = ["a", "b", " ", "日", "👍", "👨‍👩‍👧", "e\u0301", "❤\uFE0F", "ß"];
        var random = new Random(1);
        for (int count = 0; count < 500; count++)
        {
            Frame frame = Frame([.. Enumerable.Range(0, 4).Select(_ =>
                string.Concat(Enumerable.Range(0, random.Next(10)).Select(_ => pieces[random.Next(pieces.Length)])))]);
            frame.Cursor = random.Next(3) == 0 ? null : (random.Next(4), random.Next(12));
            if (random.Next(20) == 0)
            {
                _writer.Forget();
            }

            Show(frame);

            Assert.Equal(frame.ToRows(), _terminal.Rows());
            Assert.Equal(frame.Cursor is not null, _terminal.IsCursorVisible);
            Assert.Equal(frame.Cursor ?? _terminal.Cursor, _terminal.Cursor);
        }
    }

    [Fact]
    public void A_frame_of_another_size_is_drawn_whole()
    {
        Show(Frame("hello"));
        Frame small = new(5, 1);
        small.Draw(0, 0, 5, "hello", default);
        Assert.Contains("hello", Encoding.UTF8.GetString(_writer.Write(small).Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Styles_go_out_and_end_with_the_frame()
    {
        var frame = new Frame(12, 4);
        frame.Draw(0, 0, 12, "x", new Style(31, StyleKind.Bold | StyleKind.Underline));
        Show(frame);
        Assert.Equal(["", "0;1;4;38;5;31", "0"], _terminal.Styles);
    }

    [Fact]
    public void Without_colour_the_attributes_stay()
    {
        var frame = new Frame(12, 4);
        frame.Draw(0, 0, 12, "x", new Style(31, StyleKind.Bold));
        _terminal.Write(Encoding.UTF8.GetString(new FrameWriter(hasColour: false).Write(frame).Span));
        Assert.Contains("0;1", _terminal.Styles);
    }

    [Fact]
    public void A_bell_rings_though_nothing_has_changed()
    {
        Show(Frame("hello"));
        Assert.Contains('\a', Encoding.UTF8.GetString(_writer.Write(Frame("hello"), bell: true).Span));
    }

    private void Show(Frame frame) => _terminal.Write(Encoding.UTF8.GetString(_writer.Write(frame).Span));

    private static Frame Frame(params string[] rows)
    {
        var frame = new Frame(12, 4);
        for (int row = 0; row < rows.Length; row++)
        {
            frame.Draw(row, 0, 12, rows[row], default);
        }

        return frame;
    }
}
