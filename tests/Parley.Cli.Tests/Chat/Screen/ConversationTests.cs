using Parley.Cli.Chat.Screen.Model;

namespace Parley.Cli.Tests.Chat.Screen;

public sealed class ConversationTests
{
    private const string Tab = "\t";
    private const string BackTab = "\e[Z";

    [Fact]
    public void What_is_typed_is_sent_and_its_echo_gives_the_latency()
    {
        TestScreen screen = TestScreen.Connected();
        screen.Type("hello\r");
        Assert.Equal(["hello"], screen.Actions.Sent);
        screen.Clock.Advance(TimeSpan.FromMilliseconds(42));
        screen.Receive("Ana: hello");

        Assert.Equal("Ana: hello", screen.Pane()[^1]);
        Assert.Contains("42 ms", screen.Rows()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Another_saying_the_same_is_no_echo()
    {
        TestScreen screen = TestScreen.Connected();
        screen.Type("hello\r");
        TimeSpan? before = screen.Model.Echo.Latency;
        screen.Clock.Advance(TimeSpan.FromSeconds(1));
        screen.Receive("Bob: hello");
        Assert.Equal(before, screen.Model.Echo.Latency);
    }

    [Fact]
    public void Whoever_connects_asks_for_the_members_and_does_not_see_the_answer()
    {
        var screen = new TestScreen(80, 12);
        screen.Connect();
        Assert.Equal(["/users", "/rooms"], screen.Actions.Sent);
        screen.Receive("Users - Ana, Bob", "Rooms - main (2), rust (1)");
        Assert.Equal(["You are Ana", "You joined main"], screen.Pane());

        screen.Receive("Cem joined", "Bob left", "Cem is now Deniz");
        Assert.Equal(["Ana", "Deniz"], screen.Model.Members.Names);
        Assert.Contains("Members (2)", screen.Rows()[0], StringComparison.Ordinal);
        Assert.EndsWith("│Deniz               │", screen.Rows()[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Somebody_who_is_kicked_is_a_member_no_more_and_it_is_said_by_whom()
    {
        TestScreen screen = TestScreen.Connected();
        screen.Receive("Users - Ana, Bob", "Bob left, kicked by Cem (enough)");

        Assert.Equal(["Ana"], screen.Model.Members.Names);
        Assert.Equal("Bob left, kicked by Cem (enough)", screen.Pane()[^1]);
    }

    [Theory]
    [InlineData("Ana left, kicked by Cem")]
    [InlineData("You are in no room, /join one")]
    public void Whoever_is_put_out_is_in_no_room_until_it_joins_one(string line)
    {
        TestScreen screen = TestScreen.Connected();
        screen.Receive("Users - Ana, Cem", line);

        Assert.Equal("", screen.Model.Room);
        Assert.Empty(screen.Model.Members.Names);
        Assert.Equal(line, screen.Pane()[^1]);

        screen.Receive("You joined rust", "Users - Ana");
        Assert.Equal("rust", screen.Model.Room);
        Assert.Equal(["Ana"], screen.Model.Members.Names);
    }

    [Fact]
    public void Who_asks_sees_the_answer_also_between_the_clients_own_questions()
    {
        TestScreen screen = TestScreen.Connected();
        screen.Type("/users\r");
        screen.Receive("You joined rust");
        Assert.Equal(["/users", "/users"], screen.Actions.Sent);

        screen.Receive("Users - Ana", "Users - Ana, Eve");

        Assert.Equal(["You are Ana", "You joined main", "You joined rust", "Users - Ana"], screen.Pane());
        Assert.Equal(["Ana", "Eve"], screen.Model.Members.Names);
    }

    [Fact]
    public void A_quiet_connection_is_measured_twice_a_minute_and_no_more()
    {
        TestScreen screen = TestScreen.Connected();
        for (int second = 0; second < 120; second++)
        {
            screen.Clock.Advance(TimeSpan.FromSeconds(1));
            screen.Tick();
            if (screen.Actions.Sent.Count > second / 30)
            {
                screen.Receive("Users - Ana, Bob");
            }
        }

        Assert.InRange(screen.Actions.Sent.Count, 2, 4);
        Assert.All(screen.Actions.Sent, line => Assert.Equal("/users", line));
    }

    [Fact]
    public void My_name_rings_and_is_highlighted_as_a_word_only()
    {
        TestScreen screen = TestScreen.Connected();
        screen.Receive("Bob: banana", "Bob: Ana-Maria", "Ana: it is me, Ana");
        Assert.Equal(0, screen.Actions.Rings);
        screen.Receive("Bob: hi ANA!", "* Bob hugs ana", "from Bob: psst");
        Assert.Equal(3, screen.Actions.Rings);
        Assert.Equal([false, false, false, true, true, true], screen.Actions.Recorded.TakeLast(6).Select(entry => entry.IsMention));
    }

    [Fact]
    public void A_rename_of_mine_is_followed()
    {
        TestScreen screen = TestScreen.Connected();
        screen.Receive("Ana is now Zoe");
        Assert.Equal("Zoe", screen.Model.Name);
        Assert.Equal(["Bob", "Zoe"], screen.Model.Members.Names);
        screen.Receive("Bob: hi Zoe");
        Assert.Equal(1, screen.Actions.Rings);
    }

    [Fact]
    public void After_the_return_the_list_of_commands_is_not_shown_again()
    {
        TestScreen screen = TestScreen.Connected(rows: 20);
        screen.Disconnect(new IOException("reset"));
        Assert.Contains("no connection, again in 4 s", screen.Rows()[^1], StringComparison.Ordinal);
        screen.Receive("Server commands", "  /help - print this message");
        screen.Connect(isReturn: true, name: "BraveOtter");
        screen.Receive("BraveOtter is now Ana");

        Assert.Equal(
            ["You are Ana", "You joined main", "Connection lost: reset", "You are BraveOtter", "You joined main", "Connected again", "BraveOtter is now Ana"],
            screen.Pane());
    }

    [Fact]
    public void What_may_have_been_lost_with_the_connection_is_told()
    {
        TestScreen screen = TestScreen.Connected(columns: 60);
        screen.Type("one\r", "two\r", "/users\r");
        screen.Receive("Ana: one");
        screen.Disconnect();
        screen.NotSent("three");

        Assert.Equal(
            ["Server closed the connection", "Nobody knows whether this arrived: two", "Not sent (the connection is lost): three"],
            screen.Pane()[^3..]);
    }

    [Fact]
    public void Without_a_connection_the_line_stays_and_Enter_tries_to_connect()
    {
        TestScreen screen = TestScreen.Connected();
        screen.Disconnect();
        screen.Type("hello\r");
        Assert.Empty(screen.Actions.Sent);
        Assert.Equal("hello", screen.Model.Editor.Text);
        Assert.Equal(1, screen.Actions.Retries);
        Assert.Contains("Not connected", screen.Rows()[^1], StringComparison.Ordinal);

        screen.Connect(isReturn: true);
        screen.Actions.Sent.Clear();
        screen.Type("\r");
        Assert.Equal(["hello"], screen.Actions.Sent);
    }

    [Fact]
    public void A_paste_of_several_lines_is_one_message_per_line()
    {
        TestScreen screen = TestScreen.Connected();
        screen.Type("say:  today", "\e[1;5D", "\e[D", "\e[200~one\rtwo\r\n\nlast\e[201~");

        Assert.Equal(["say: one", "two"], screen.Actions.Sent);
        Assert.Equal(("last today", 4), (screen.Model.Editor.Text, screen.Model.Editor.Cursor));
    }

    [Fact]
    public void Lines_of_a_paste_are_said_and_never_run()
    {
        TestScreen screen = TestScreen.Connected(columns: 60);
        screen.Type("\e[200~before\r/name Pasted44\r/transcript x\r//etc\r/quit\rafter\r/quit\e[201~");

        Assert.Equal(["before", "//name Pasted44", "//transcript x", "///etc", "//quit", "after"], screen.Actions.Sent);
        Assert.Equal("//quit", screen.Model.Editor.Text);
        Assert.False(screen.Actions.HasQuit);
        Assert.Empty(screen.Actions.Transcripts);
        screen.Receive("Ana: before", "Ana: /name Pasted44", "Ana: /transcript x", "Ana: //etc", "Ana: /quit", "Ana: after");
        screen.Disconnect();
        Assert.DoesNotContain(screen.Pane(), row => row.StartsWith("Nobody knows", StringComparison.Ordinal));
    }

    [Fact]
    public void A_paste_of_one_line_waits_for_Enter_and_its_command_is_one()
    {
        TestScreen screen = TestScreen.Connected();
        screen.Type("\e[200~/join rust\r\e[201~");
        Assert.Empty(screen.Actions.Sent);
        Assert.Equal("/join rust", screen.Model.Editor.Text);

        screen.Type("\r");
        Assert.Equal(["/join rust"], screen.Actions.Sent);
    }

    [Fact]
    public void A_typed_command_takes_the_first_line_of_a_paste()
    {
        TestScreen screen = TestScreen.Connected();
        screen.Type("/me ", "\e[200~waves\r/me too\r\e[201~");

        Assert.Equal(["/me waves", "//me too"], screen.Actions.Sent);
    }

    [Fact]
    public void A_paste_without_a_connection_is_kept_for_later()
    {
        TestScreen screen = TestScreen.Connected(columns: 60);
        screen.Disconnect();
        screen.Type("\e[200~one\rtwo\r\e[201~");
        Assert.Contains("2 lines not sent", screen.Rows()[^1], StringComparison.Ordinal);
        screen.Type("\e[A", "\e[A");
        Assert.Equal("one", screen.Model.Editor.Text);
    }

    [Fact]
    public void Tab_completes_names_commands_and_rooms()
    {
        TestScreen screen = TestScreen.Connected();
        screen.Receive("Bea joined", "Rooms - main (2), rust (1), ruby (1)", "  /msg {name} {text} - message one user only");
        screen.Type("b", Tab);
        Assert.Equal("Bea: ", screen.Model.Editor.Text);
        screen.Type(Tab);
        Assert.Equal("Bob: ", screen.Model.Editor.Text);
        screen.Type(Tab, BackTab);
        Assert.Equal("Bob: ", screen.Model.Editor.Text);
        screen.Type("and be", Tab);
        Assert.Equal("Bob: and Bea ", screen.Model.Editor.Text);

        screen.Type("\u0015", "/m", Tab);
        Assert.Equal("/msg ", screen.Model.Editor.Text);
        screen.Type("\u0015", "/join ru", Tab);
        Assert.Equal("/join ruby ", screen.Model.Editor.Text);
        screen.Type(BackTab);
        Assert.Equal("/join rust ", screen.Model.Editor.Text);
        screen.Type("\u0015", "zz", Tab);
        Assert.Equal("zz", screen.Model.Editor.Text);
    }

    [Theory]
    [InlineData("al rest", 2, "alan47: rest", 8)]
    [InlineData("hi al rest", 5, "hi alan47 rest", 10)]
    [InlineData("alan rest", 2, "alan47: rest", 8)]
    [InlineData("al, bob: hi", 2, "alan47, bob: hi", 6)]
    [InlineData("hi @al", 6, "hi @alan47 ", 11)]
    [InlineData("@al", 3, "@alan47 ", 8)]
    [InlineData("(al)", 3, "(alan47)", 7)]
    [InlineData("ask \"al", 7, "ask \"alan47 ", 12)]
    [InlineData("/jo main", 3, "/join main", 6)]
    [InlineData("rest", 0, "rest", 0)]
    public void Tab_completes_the_word_at_the_cursor_without_a_second_blank(string line, int cursor, string completed, int end)
    {
        TestScreen screen = TestScreen.Connected();
        screen.Receive("alan47 joined");
        screen.Model.Editor.Set(line, cursor);

        screen.Type(Tab);

        Assert.Equal((completed, end), (screen.Model.Editor.Text, screen.Model.Editor.Cursor));
    }

    [Fact]
    public void A_further_Tab_in_the_middle_of_a_line_puts_the_next_name_there()
    {
        TestScreen screen = TestScreen.Connected();
        screen.Receive("Bea joined");
        screen.Model.Editor.Set("b rest", 1);

        screen.Type(Tab, Tab);
        Assert.Equal("Bob: rest", screen.Model.Editor.Text);
        screen.Type(BackTab, "x");
        Assert.Equal("Bea: xrest", screen.Model.Editor.Text);
    }

    [Fact]
    public void Completing_rooms_asks_for_them_once_in_a_while()
    {
        TestScreen screen = TestScreen.Connected();
        screen.Type("/join m", Tab, Tab, Tab);
        Assert.Equal(["/rooms"], screen.Actions.Sent);
        screen.Receive("Rooms - main (1)");
        Assert.DoesNotContain(screen.Pane(), row => row.StartsWith("Rooms", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\e")]
    [InlineData("\u0003")]
    [InlineData("\u0004")]
    [InlineData("/quit\r")]
    public void These_quit(string keys)
    {
        TestScreen screen = TestScreen.Connected();
        screen.Type(keys);
        Assert.True(screen.Actions.HasQuit);
        Assert.Empty(screen.Actions.Sent);
    }

    [Theory]
    [InlineData("\e", "\u0003")]
    [InlineData("\u0003", "\u0004")]
    [InlineData("\u0004", "\u0004")]
    public void A_line_being_written_is_not_left_without_asking_once(string first, string second)
    {
        TestScreen screen = TestScreen.Connected(columns: 60);
        screen.Type("a long thought", first);
        Assert.False(screen.Actions.HasQuit);
        Assert.Equal("a long thought", screen.Model.Editor.Text);
        Assert.Contains("not sent: once more to leave", screen.Rows()[^1], StringComparison.Ordinal);

        screen.Type("!", first);
        Assert.False(screen.Actions.HasQuit);
        Assert.Equal("a long thought!", screen.Model.Editor.Text);

        screen.Type(second);
        Assert.True(screen.Actions.HasQuit);
    }

    [Fact]
    public void A_line_behind_a_search_is_not_left_without_asking_either()
    {
        TestScreen screen = TestScreen.Connected();
        screen.Type("draft", "\u0006", "\u0003");
        Assert.False(screen.Actions.HasQuit);
        screen.Type("\e", "\r");
        Assert.Equal(["draft"], screen.Actions.Sent);
    }

    [Fact]
    public void A_transcript_is_begun_and_ended_by_command_and_not_sent()
    {
        TestScreen screen = TestScreen.Connected();
        screen.Type("/transcript talk of today.txt\r", "/transcript off\r");
        Assert.Equal(["talk of today.txt", null], screen.Actions.Transcripts);
        Assert.Empty(screen.Actions.Sent);
    }

    [Fact]
    public void A_list_too_long_to_be_read_is_cut_and_says_so()
    {
        TestScreen screen = TestScreen.Connected();
        screen.Type("/users\r");
        screen.Receive("Users - " + string.Join(", ", Enumerable.Range(0, 100_000).Select(number => $"User{number}")));

        Assert.Equal(100_000, screen.Model.Members.Names.Count);
        Assert.InRange(screen.Actions.Recorded[^1].Text.Length, 8000, 8100);
        Assert.EndsWith(" characters more", screen.Actions.Recorded[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Missed_messages_are_told_and_the_members_asked_for_again()
    {
        TestScreen screen = TestScreen.Connected(columns: 80);
        screen.Clock.Advance(TimeSpan.FromSeconds(10));
        screen.Receive("Server is very busy and dropped 7 messages, sorry!", "Server is very busy and dropped 9 messages, sorry!");
        Assert.Equal(EntryKind.Alert, screen.Actions.Recorded[^1].Kind);
        Assert.Equal(["/users"], screen.Actions.Sent);
    }
}
