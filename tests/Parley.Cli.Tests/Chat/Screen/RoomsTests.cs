namespace Parley.Cli.Tests.Chat.Screen;

/// <summary>Several rooms in one terminal, where the server says of which room each line is.</summary>
public sealed class RoomsTests
{
    private const string Alt = "\e";
    private const string CtrlN = "\u000e";
    private const string CtrlP = "\u0010";

    [Fact]
    public void A_room_that_is_joined_is_shown_beside_the_others_and_lines_go_to_the_room_that_is_shown()
    {
        TestScreen screen = InTwoRooms();
        Assert.Contains(" 1 main  2 rust ", screen.Rows()[0], StringComparison.Ordinal);

        screen.Type("hi\r", "/users\r", Alt + "1", "hello\r", "/me waves\r", "//slash\r");

        Assert.Equal(["/in rust hi", "/in rust /users", "/in main hello", "/in main /me waves", "/in main //slash"], screen.Actions.Sent);
    }

    [Fact]
    public void Each_room_has_its_own_messages_members_and_place()
    {
        TestScreen screen = InTwoRooms();
        screen.Receive("#main Bob: in main", "#rust Cem joined", "#rust Cem: in rust");
        Assert.Equal(["You joined rust", "Cem joined", "Cem: in rust"], screen.Pane());
        Assert.Equal(["Ana", "Cem"], screen.Model.Members.Names);

        screen.Type(Alt + "1");

        Assert.Equal("Bob: in main", screen.Pane()[^1]);
        Assert.Equal(["Ana", "Bob"], screen.Model.Members.Names);
    }

    [Fact]
    public void What_comes_elsewhere_is_counted_until_it_is_read_and_a_mention_stands_out()
    {
        TestScreen screen = InTwoRooms();
        screen.Receive("#main Bob: one", "#main Bob: two", "#main Cem joined");
        Assert.Contains(" 1 main (2) ", screen.Rows()[0], StringComparison.Ordinal);
        Assert.Contains("2 elsewhere", screen.Rows()[^1], StringComparison.Ordinal);
        Assert.Equal(0, screen.Actions.Rings);

        screen.Receive("#main Bob: Ana?");
        Assert.Contains(" 1 main (3!) ", screen.Rows()[0], StringComparison.Ordinal);
        Assert.Equal(1, screen.Actions.Rings);

        screen.Type(Alt + "a");
        Assert.Equal("main", screen.Model.Room);
        Assert.Contains(" 1 main  2 rust ", screen.Rows()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_said_before_somebody_came_counts_as_nothing()
    {
        TestScreen screen = InTwoRooms();
        screen.Receive("#main History - earlier messages in main", "#main @main.1 [10:00] Bob: Ana, old", "#main History - end");

        Assert.Contains(" 1 main  2 rust ", screen.Rows()[0], StringComparison.Ordinal);
        Assert.Equal(0, screen.Actions.Rings);
    }

    [Fact]
    public void Keys_go_from_room_to_room_and_a_draft_stays_where_it_was_written()
    {
        TestScreen screen = InTwoRooms();
        screen.Type("a thought", CtrlN);
        Assert.Equal(("main", ""), (screen.Model.Room, screen.Model.Editor.Text));

        screen.Type("another", CtrlP);
        Assert.Equal(("rust", "a thought"), (screen.Model.Room, screen.Model.Editor.Text));
        screen.Type(Alt + "9");
        Assert.Equal("rust", screen.Model.Room);
        screen.Type(Alt + "1");
        Assert.Equal("another", screen.Model.Editor.Text);
    }

    [Fact]
    public void Leaving_the_program_asks_once_also_for_a_draft_in_a_room_that_is_not_shown()
    {
        TestScreen screen = InTwoRooms();
        screen.Type("a thought", Alt + "1", "\e");
        Assert.False(screen.Actions.HasQuit);
        Assert.Contains("Your line in rust is not sent", screen.Rows()[^1], StringComparison.Ordinal);

        screen.Type("\e");
        Assert.True(screen.Actions.HasQuit);
    }

    [Fact]
    public void A_room_that_is_left_goes_and_one_that_the_user_was_put_out_of_stays_to_be_read()
    {
        TestScreen screen = InTwoRooms();
        screen.Type("/leave\r");
        Assert.Equal(["/leave rust"], screen.Actions.Sent);
        screen.Receive("#rust Ana left");
        Assert.Equal("main", screen.Model.Room);
        Assert.Contains("─ main ─", screen.Rows()[0], StringComparison.Ordinal);

        screen.Type("/join rust\r");
        screen.Receive("#rust You joined rust", "#rust Ana left, kicked by Bob (enough)");
        Assert.Contains(" 2 (rust) ", screen.Rows()[0], StringComparison.Ordinal);
        Assert.Equal("Ana left, kicked by Bob (enough)", screen.Pane()[^1]);
        screen.Type("/join rust\r");
        screen.Receive("#rust You joined rust");
        Assert.Contains(" 2 rust ", screen.Rows()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Who_goes_or_is_renamed_everywhere_is_told_of_in_the_rooms_that_it_was_in()
    {
        TestScreen screen = InTwoRooms();
        screen.Receive("#rust Bob joined", "#rust Cem joined", "Bob is now Rob", "Cem left");
        Assert.Equal(["You joined rust", "Bob joined", "Cem joined", "Bob is now Rob", "Cem left"], screen.Pane());
        Assert.Equal(["Ana", "Rob"], screen.Model.Members.Names);

        screen.Type(Alt + "1");
        Assert.Equal("Bob is now Rob", screen.Pane()[^1]);
        Assert.Equal(["Ana", "Rob"], screen.Model.Members.Names);
    }

    [Fact]
    public void A_room_that_takes_another_name_keeps_its_place()
    {
        TestScreen screen = InTwoRooms();
        screen.Receive("#rust Bob renamed the room", "#rust You joined crab");

        Assert.Contains(" 1 main  2 crab ", screen.Rows()[0], StringComparison.Ordinal);
        screen.Actions.Sent.Clear();
        screen.Type("hi\r");
        Assert.Equal(["/in crab hi"], screen.Actions.Sent);
    }

    [Fact]
    public void An_answer_says_what_it_answers_and_rings_for_whom_it_answers()
    {
        TestScreen screen = InTwoRooms(100);
        screen.Receive("#rust @rust.1 Ana: shall we?", "#rust @rust.2 >rust.1 Bob: yes", "#rust @rust.3 >rust.0 Bob: and no");

        Assert.Equal(["Ana: shall we?", "Bob: (to Ana, \"shall we?\") yes", "Bob: (to an earlier message) and no"], screen.Pane()[^3..]);
        Assert.Equal(1, screen.Actions.Rings);
    }

    [Fact]
    public void A_message_that_is_deleted_is_no_longer_shown_and_it_is_said_who_did_it()
    {
        TestScreen screen = InTwoRooms(100);
        screen.Receive("#rust @rust.1 Bob: a secret", "#rust @rust.1 Bob: of two lines", "#rust >rust.1 Cem deleted a message (not here)", "#rust >rust.7 Cem deleted a message");

        Assert.Equal(
            ["Bob: deleted (not here)", "Bob: deleted, too", "Cem deleted a message of Bob (not here)", "Cem deleted an earlier message"],
            screen.Pane()[^4..]);
        screen.Receive("#rust @rust.8 Bob: oops", "#rust >rust.8 Bob deleted a message (edited)", "#rust @rust.9 Bob: mended");
        Assert.Equal(["Bob: deleted (edited)", "Bob deleted a message of their own (edited)", "Bob: mended"], screen.Pane()[^3..]);
    }

    [Fact]
    public void Who_comes_back_is_in_the_rooms_that_it_was_in_and_looks_at_the_one_that_it_looked_at()
    {
        TestScreen screen = InTwoRooms();
        screen.Disconnect();
        screen.Connect(isReturn: true);
        screen.Receive("Tags are on", "#rust You joined rust", "#rust Cem: back?");

        Assert.Equal("rust", screen.Model.Room);
        Assert.Equal("Cem: back?", screen.Pane()[^1]);
        Assert.Equal(2, screen.Model.Panes.All.Count);
    }

    [Fact]
    public void A_server_without_tags_has_one_room()
    {
        TestScreen screen = TestScreen.Connected();
        screen.Type("/join rust\r");
        screen.Receive("You joined rust");
        screen.Type("hi\r", "old\r", CtrlP);

        Assert.Equal(["/join rust", "/users", "hi", "old"], screen.Actions.Sent);
        Assert.Equal("old", screen.Model.Editor.Text);
        Assert.Single(screen.Model.Panes.All);
    }

    [Fact]
    public void More_rooms_than_fit_keep_the_one_that_is_shown_in_sight()
    {
        TestScreen screen = InTwoRooms();
        foreach (string room in new[] { "alpha", "bravo", "charlie", "delta", "echo-is-last" })
        {
            screen.Type($"/join {room}\r");
            screen.Receive($"#{room} You joined {room}");
        }

        Assert.Contains(" 7 echo-is-last ", screen.Rows()[0], StringComparison.Ordinal);
        screen.Type(Alt + "1");
        Assert.Contains(" 1 main  2 rust ", screen.Rows()[0], StringComparison.Ordinal);
        Assert.EndsWith("…─╮", screen.Rows()[0], StringComparison.Ordinal);
    }

    private static TestScreen InTwoRooms(int columns = 60)
    {
        TestScreen screen = TestScreen.Connected(columns, 14);
        screen.Receive("Tags are on");
        screen.Type("/join rust\r");
        screen.Receive("#rust You joined rust", "#rust Users - Ana");
        screen.Actions.Sent.Clear();
        return screen;
    }
}
