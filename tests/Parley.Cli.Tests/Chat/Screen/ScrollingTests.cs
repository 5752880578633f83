using Parley.Cli.Chat.Screen.Text;

namespace Parley.Cli.Tests.Chat.Screen;

public sealed class ScrollingTests
{
    private const string PageUp = "\e[5~";
    private const string PageDown = "\e[6~";
    private const string WheelUp = "\e[<64;1;1M";
    private const string WheelDown = "\e[<65;1;1M";
    private const string Oldest = "\e[1;5H";
    private const string Newest = "\e[1;5F";

    [Fact]
    public void The_pane_follows_the_newest_message()
    {
        TestScreen screen = Filled(20);
        Assert.Equal(["Bob: 15", "Bob: 16", "Bob: 17", "Bob: 18", "Bob: 19", "Bob: 20"], screen.Pane());
        screen.Receive("Bob: 21");
        Assert.Equal("Bob: 21", screen.Pane()[^1]);
    }

    [Fact]
    public void Page_up_leaves_one_row_to_go_on_reading_from()
    {
        TestScreen screen = Filled(20);
        screen.Type(PageUp);
        Assert.Equal(["Bob: 10", "Bob: 15"], [screen.Pane()[0], screen.Pane()[^1]]);
        screen.Type(PageDown);
        Assert.Equal("Bob: 20", screen.Pane()[^1]);
    }

    [Fact]
    public void Whoever_has_scrolled_up_stays_there_and_is_told_of_new_messages_below()
    {
        TestScreen screen = Filled(20);
        screen.Type(WheelUp);
        string[] before = screen.Pane();
        Assert.Contains("more below", screen.Rows()[7], StringComparison.Ordinal);

        screen.Receive("Bob: new", "Cem joined");
        Assert.Equal(before, screen.Pane());
        Assert.Contains("▼ 1 new message below", screen.Rows()[7], StringComparison.Ordinal);
        screen.Receive("Bob: newer");
        Assert.Contains("▼ 2 new messages below", screen.Rows()[7], StringComparison.Ordinal);
        Assert.Contains("2 unread", screen.Rows()[11], StringComparison.Ordinal);

        screen.Type(WheelDown, WheelDown);
        Assert.Equal("Bob: newer", screen.Pane()[^1]);
        Assert.DoesNotContain("▼", screen.Rows()[7], StringComparison.Ordinal);
    }

    [Fact]
    public void Scrolling_ends_where_the_messages_end()
    {
        TestScreen screen = Filled(20);
        screen.Type(Oldest);
        Assert.Equal("You are Ana", screen.Pane()[0]);
        Assert.Equal(6, screen.Pane().Length);
        string[] top = screen.Pane();
        screen.Type(PageUp, WheelUp);
        Assert.Equal(top, screen.Pane());
        screen.Type(Newest);
        Assert.Equal("Bob: 20", screen.Pane()[^1]);
    }

    [Fact]
    public void A_few_messages_do_not_scroll()
    {
        TestScreen screen = TestScreen.Connected();
        screen.Receive("Bob: one");
        string[] before = screen.Pane();
        screen.Type(PageUp);
        Assert.Equal(before, screen.Pane());
        Assert.True(screen.Model.Scrollback.IsAtEnd);
    }

    [Fact]
    public void Sending_a_line_goes_to_the_newest_message()
    {
        TestScreen screen = Filled(20);
        screen.Type(PageUp, "hello\r");
        Assert.Equal("Bob: 20", screen.Pane()[^1]);
    }

    [Fact]
    public void The_place_stays_when_the_width_changes()
    {
        TestScreen screen = Filled(20);
        screen.Receive("Bob: " + string.Join(' ', Enumerable.Repeat("word", 30)));
        screen.Receive([.. Enumerable.Range(21, 20).Select(number => $"Bob: {number}")]);
        screen.Type(PageUp, PageUp);
        string bottom = screen.Pane()[^1];
        screen.Size = (90, 12);
        Assert.Equal(bottom, screen.Pane()[^1]);
        screen.Size = (20, 5);
        Assert.Equal(bottom, screen.Pane()[^1]);
    }

    [Fact]
    public void A_log_that_lets_old_entries_go_keeps_its_numbers()
    {
        var log = new Parley.Cli.Chat.Screen.Model.MessageLog(capacity: 10);
        for (int number = 0; number < 25; number++)
        {
            log.Add(new(Parley.Cli.Chat.Screen.Model.EntryKind.Message, default, "Bob", $"{number}"));
        }

        Assert.Equal(25, log.End);
        Assert.Equal(15, log.First);
        Assert.Equal("15", log[15].Text);
    }

    [Fact]
    public void A_search_goes_from_match_to_match_and_marks_them()
    {
        TestScreen screen = Filled(40);
        screen.Type("\u0006", "bob: 1");
        Assert.Contains("Search", screen.Rows()[8], StringComparison.Ordinal);
        Assert.Equal("19", Match(screen));
        Assert.Contains("Bob: 19", screen.Pane());
        screen.Type("\r");
        Assert.Equal("18", Match(screen));
        Assert.Contains("Bob: 18", screen.Pane());
        screen.Type("\e[A", "\e[A", "\e[B");
        Assert.Equal("17", Match(screen));
        int row = screen.Pane().IndexOf("Bob: 17");
        Assert.All(screen.Draw().Row(1 + row)[7..13].ToArray(), cell => Assert.True(cell.Style.Weight.HasFlag(StyleKind.Reverse)));
        screen.Type("zzz");
        Assert.Null(screen.Model.Search!.Match);

        screen.Type("\e");
        Assert.Null(screen.Model.Search);
        Assert.False(screen.Actions.HasQuit);
    }

    [Fact]
    public void A_search_takes_letters_as_the_server_does_and_marks_what_it_found()
    {
        TestScreen screen = Filled(2);
        screen.Receive("Bob: Große Straße!", "Bob: grosses Cafe\u0301");
        screen.Type("\u0006", "STRASSE!");
        Assert.Equal("Große Straße!", Match(screen));
        int row = screen.Pane().IndexOf("Bob: Große Straße!");
        var cells = screen.Draw().Row(1 + row);
        Assert.Equal("Straße!", string.Concat(cells.ToArray().Where(cell => cell.Style.Weight.HasFlag(StyleKind.Reverse)).Select(cell => cell.Text)));

        screen.Type("\e", "\u0006", "café");
        Assert.Equal("grosses Cafe\u0301", Match(screen));
    }

    private static string Match(TestScreen screen) => screen.Model.Log[screen.Model.Search!.Match!.Value].Text;

    private static TestScreen Filled(int messages)
    {
        TestScreen screen = TestScreen.Connected();
        screen.Receive([.. Enumerable.Range(1, messages).Select(number => $"Bob: {number}")]);
        return screen;
    }
}
