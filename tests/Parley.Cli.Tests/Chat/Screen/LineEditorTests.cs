using Parley.Cli.Chat.Screen.Model;

namespace Parley.Cli.Tests.Chat.Screen;

public sealed class LineEditorTests
{
    [Fact]
    public void The_cursor_moves_by_what_people_see_as_one_character()
    {
        LineEditor editor = With("a👨‍👩‍👧e\u0301");
        editor.Left();
        Assert.Equal("a👨‍👩‍👧".Length, editor.Cursor);
        editor.Left();
        Assert.Equal(1, editor.Cursor);
        editor.Right();
        editor.Backspace();
        Assert.Equal("ae\u0301", editor.Text);
        editor.Delete();
        Assert.Equal("a", editor.Text);
        editor.Delete();
        editor.Right();
        Assert.Equal(("a", 1), (editor.Text, editor.Cursor));
    }

    [Fact]
    public void Word_jumps_go_over_what_stands_between_words()
    {
        LineEditor editor = With("one, two-three  ");
        int[] stops = [.. Enumerable.Range(0, 4).Select(_ => Jump(editor, editor.WordLeft))];
        Assert.Equal([9, 5, 0, 0], stops);
        stops = [.. Enumerable.Range(0, 4).Select(_ => Jump(editor, editor.WordRight))];
        Assert.Equal([3, 8, 14, 16], stops);
    }

    [Fact]
    public void What_was_cut_can_be_put_back_elsewhere()
    {
        LineEditor editor = With("one two");
        editor.KillWordLeft();
        Assert.Equal("one ", editor.Text);
        editor.Home();
        editor.Yank();
        Assert.Equal(("twoone ", 3), (editor.Text, editor.Cursor));
        editor.KillToEnd();
        Assert.Equal("two", editor.Text);
        editor.KillToStart();
        Assert.Equal("", editor.Text);
        editor.Yank();
        Assert.Equal("two", editor.Text);
    }

    [Fact]
    public void Control_characters_do_not_get_into_the_line()
    {
        LineEditor editor = With("");
        editor.Insert("a\u0007\tb\e");
        Assert.Equal("a b", editor.Text);
    }

    [Fact]
    public void A_line_does_not_grow_without_bound()
    {
        LineEditor editor = With("ab");
        editor.Left();
        editor.Insert(new string('x', 1_000_000));
        Assert.Equal(4000, editor.Text.Length);
        Assert.EndsWith("xb", editor.Text, StringComparison.Ordinal);
        editor.Insert("y");
        Assert.Equal(4000, editor.Text.Length);
    }

    [Fact]
    public void History_keeps_what_was_being_written()
    {
        var history = new InputHistory();
        history.Add("one");
        history.Add("two");
        history.Add("two");

        Assert.Equal("two", history.Older("draft"));
        Assert.Equal("one", history.Older("two"));
        Assert.Null(history.Older("one"));
        Assert.Equal("two", history.Newer());
        Assert.Equal("draft", history.Newer());
        Assert.Null(history.Newer());
    }

    private static LineEditor With(string text)
    {
        var editor = new LineEditor();
        editor.Set(text);
        return editor;
    }

    private static int Jump(LineEditor editor, Action jump)
    {
        jump();
        return editor.Cursor;
    }
}
