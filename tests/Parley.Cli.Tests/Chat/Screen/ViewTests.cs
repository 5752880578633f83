using Parley.Cli.Chat.Screen.Text;
using Parley.Cli.Chat.Screen.View;

namespace Parley.Cli.Tests.Chat.Screen;

public sealed class ViewTests
{
    [Fact]
    public void A_wide_screen_has_messages_members_input_and_status()
    {
        TestScreen screen = TestScreen.Connected(columns: 80, rows: 11);
        screen.Receive("Bob: hi");

        Assert.Equal(
            """
            ╭─ main ─────────────────────────────────────────────────╮╭─ Members (2) ──────╮
            │                                                        ││Ana                 │
            │                                                        ││Bob                 │
            │12:00 You are Ana                                       ││                    │
            │12:00 You joined main                                   ││                    │
            │12:00 Bob: hi                                           ││                    │
            ╰────────────────────────────────────────────────────────╯╰────────────────────╯
            ╭─ Send message ───────────────────────────────────────────────────────────────╮
            │Start typing...                                                               │
            ╰──────────────────────────────────────────────────────────────────────────────╯
            ● connected  main  Ana  <1 ms                           Ctrl+F search · Esc quit
            """.ReplaceLineEndings("\n"),
            string.Join('\n', screen.Rows()));
        Assert.Equal((8, 1), screen.Draw().Cursor);
    }

    [Fact]
    public void A_screen_of_20_by_5_has_the_same_without_borders()
    {
        TestScreen screen = TestScreen.Connected(columns: 20, rows: 5);
        screen.Receive("Bob: this is a long message");
        screen.Type("typing");

        Assert.Equal(["12:00 Bob: this is a", "      long message", "● main Ana <1 ms", "typing"], screen.Rows()[1..]);
        Assert.Equal((4, 6), screen.Draw().Cursor);
    }

    [Fact]
    public void Any_size_can_be_drawn()
    {
        TestScreen screen = TestScreen.Connected();
        screen.Receive("Bob: 日本語 👨‍👩‍👧 https://example.org/", "Bob left");
        screen.Type("日本語 and more", "\e[5~");
        for (int columns = 1; columns < 90; columns += 3)
        {
            for (int rows = 1; rows < 30; rows++)
            {
                screen.Size = (columns, rows);
                (int row, int column) = screen.Draw().Cursor!.Value;
                Assert.InRange(row, 0, rows - 1);
                Assert.InRange(column, 0, columns - 1);
                screen.Type("\e[<64;1;1M");
            }
        }
    }

    [Fact]
    public void A_line_longer_than_the_input_is_shown_around_its_cursor()
    {
        TestScreen screen = TestScreen.Connected(columns: 20, rows: 5);
        screen.Type("0123456789abcdefghijklmnop");
        Assert.Equal("789abcdefghijklmnop", screen.Rows()[4]);
        Assert.Equal((4, 19), screen.Draw().Cursor);
        screen.Type("\e[H");
        Assert.Equal("0123456789abcdefghij", screen.Rows()[4]);
        Assert.Equal((4, 0), screen.Draw().Cursor);
        screen.Type("\u0015\u000b", "日本語日本語日本語日本語");
        Assert.Equal("日本語日本語日本語", screen.Rows()[4]);
        Assert.Equal((4, 18), screen.Draw().Cursor);
    }

    [Fact]
    public void Names_are_bold_and_coloured_and_notices_dim_and_italic()
    {
        TestScreen screen = TestScreen.Connected();
        screen.Receive("Bob: hi", "Cem joined");
        Frame frame = screen.Draw();
        Assert.Equal(new Style(NameColour.Of("Bob"), StyleKind.Bold), frame.Row(5)[7].Style);
        Assert.Equal(default, frame.Row(5)[12].Style);
        Assert.Equal(Style.Dim.With(StyleKind.Italic), frame.Row(6)[7].Style);
    }

    [Fact]
    public void A_link_that_is_cut_over_two_rows_is_whole_to_a_click()
    {
        TestScreen screen = TestScreen.Connected(columns: 30);
        screen.Receive("Bob: https://example.org/a/rather/long/path");
        Frame frame = screen.Draw();
        Assert.Equal("https://example.org/a/rather/long/path", frame.Row(5)[8].Style.Link);
        Assert.Equal("https://example.org/a/rather/long/path", frame.Row(6)[8].Style.Link);
    }

    [Fact]
    public void More_members_than_rows_are_counted()
    {
        TestScreen screen = TestScreen.Connected(columns: 80, rows: 10);
        screen.Receive("Users - A1, B2, C3, D4, E5, F6");
        string[] rows = screen.Rows();
        Assert.Contains("Members (6)", rows[0], StringComparison.Ordinal);
        Assert.EndsWith("│C3                  │", rows[3], StringComparison.Ordinal);
        Assert.EndsWith("│and 3 more          │", rows[4], StringComparison.Ordinal);
    }

    [Fact]
    public void The_time_of_the_server_goes_over_our_own()
    {
        TestScreen screen = TestScreen.Connected();
        screen.Receive("[09:15] Bob: earlier");
        Assert.StartsWith("│09:15 Bob: earlier", screen.Rows()[6], StringComparison.Ordinal);
    }
}
