using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests.FullScreen;

/// <summary>Somebody sits at <c>parley chat</c> in a real terminal and talks.</summary>
public sealed class TalkingTests
{
    [Fact]
    public async Task What_is_typed_is_said_and_what_others_say_is_shown()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        await using TmuxPane pane = await TmuxPane.StartAsync(80, 24);
        await pane.ChatAsync(server.LinesPort, "--login Ana");
        await pane.WaitForAsync("is now Ana");
        using Chatter bob = await Chatter.JoinAsync(server.LinesPort, "Bob");
        string screen = await pane.WaitForAsync("Members (2)");
        Assert.Contains("─ main ─", screen, StringComparison.Ordinal);
        Assert.Contains("─ Send message ─", screen, StringComparison.Ordinal);
        Assert.Contains("│Start typing...", screen, StringComparison.Ordinal);

        await pane.TypeAsync("grüße, 日本 👍");
        await pane.WaitForAsync("│grüße, 日本 👍");
        await pane.PressAsync("Enter");
        await bob.Heard.ExpectAsync("Ana: grüße, 日本 👍");
        await pane.WaitForAsync(" Ana: grüße, 日本 👍");
        await bob.SayAsync("hi Ana");
        await pane.WaitForAsync("Bob: hi Ana");
        await pane.WaitForAsync("ms ");
    }

    [Fact]
    public async Task Long_lines_wrap_at_words_and_links_stay_whole()
    {
        const string Link = "https://example.org/a/path/of/some/length?with=a&query=too";
        await using ParleyServer server = await ParleyServer.StartAsync();
        await using TmuxPane pane = await TmuxPane.StartAsync(80, 24);
        await pane.ChatAsync(server.LinesPort, "--login Ana");
        await pane.ResizeAsync(68, 24);
        using Chatter bob = await Chatter.JoinAsync(server.LinesPort, "Bob");

        await bob.SayAsync($"all of it is written up at {Link} for whoever wants to read it");

        string screen = await pane.WaitForAsync("for whoever");
        Assert.Contains($"│      {Link}", screen, StringComparison.Ordinal);
        Assert.Contains("Bob: all of it is written up at ", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scrolling_shows_what_was_and_marks_what_is_new()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        await using TmuxPane pane = await TmuxPane.StartAsync(60, 16);
        await pane.ChatAsync(server.LinesPort, "--login Ana");
        using Chatter bob = await Chatter.JoinAsync(server.LinesPort, "Bob");
        for (int number = 100; number < 150; number++)
        {
            await bob.SayAndHearAsync($"number {number}");
        }

        await pane.WaitForAsync("number 149");
        await pane.PressAsync("PPage");
        await pane.WaitForAsync("more below");
        await pane.PressAsync("PPage");
        await pane.WaitForAsync("number 130");
        await bob.SayAsync("news");
        string screen = await pane.WaitForAsync("▼ 1 new message below");
        Assert.DoesNotContain("news", screen, StringComparison.Ordinal);

        await pane.PressAsync("C-End");
        screen = await pane.WaitForAsync("Bob: news");
        Assert.DoesNotContain("below", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_wheel_scrolls()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        await using TmuxPane pane = await TmuxPane.StartAsync(60, 16);
        await pane.ChatAsync(server.LinesPort, "--login Ana");
        // The last line of the arrival: one that came while scrolled up would stay below.
        await pane.WaitForAsync(" is now Ana");
        Assert.Equal("1", await pane.ValueAsync("mouse_any_flag"));
        Assert.Equal("1", await pane.ValueAsync("mouse_sgr_flag"));
        // What a terminal reports for the wheel; tmux itself turns only the wheel of its own terminal into it.
        await pane.TypeAsync("\e[<64;10;5M");
        await pane.WaitForAsync("more below");
        await pane.TypeAsync("\e[<65;10;5M");
        await pane.WaitForAsync("the end", screen => !screen.Contains("more below", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tab_completes_and_Up_brings_lines_back()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        using Chatter benjamin = await Chatter.JoinAsync(server.LinesPort, "Benjamin");
        await using TmuxPane pane = await TmuxPane.StartAsync(80, 24);
        await pane.ChatAsync(server.LinesPort, "--login Ana");
        await pane.WaitForAsync("Members (2)");

        await pane.TypeAsync("ben");
        await pane.PressAsync("Tab");
        await pane.WaitForAsync("│Benjamin: ");
        await pane.TypeAsync("one two");
        await pane.PressAsync("Enter");
        await benjamin.Heard.SkipToAsync("Ana: Benjamin: one two");

        await pane.PressAsync("Up");
        await pane.WaitForAsync("│Benjamin: one two ");
        await pane.PressAsync("C-Left", "C-w");
        await pane.WaitForAsync("│Benjamin: two ");
        await pane.PressAsync("Down");
        await pane.WaitForAsync("│Start typing...");
        await pane.TypeAsync("/jo");
        await pane.PressAsync("Tab");
        await pane.TypeAsync("rust");
        await pane.PressAsync("Enter");
        await pane.WaitForAsync(" 1 main  2 rust ");
        await pane.TypeAsync("/leave main");
        await pane.PressAsync("Enter");
        await pane.WaitForAsync("─ rust ─");
        await benjamin.Heard.SkipToAsync("Ana left");
    }

    [Fact]
    public async Task A_paste_of_several_lines_is_one_message_per_line()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        using Chatter bob = await Chatter.JoinAsync(server.LinesPort, "Bob");
        await using TmuxPane pane = await TmuxPane.StartAsync(80, 24);
        await pane.ChatAsync(server.LinesPort, "--login Ana");

        await pane.PasteAsync("first\nsecond\nthird");

        await bob.Heard.SkipToAsync("Ana: first");
        await bob.Heard.ExpectAsync("Ana: second");
        await pane.WaitForAsync("│third ");
    }

    [Fact]
    public async Task A_search_finds_and_marks_what_was_said()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        using Chatter bob = await Chatter.JoinAsync(server.LinesPort, "Bob");
        await using TmuxPane pane = await TmuxPane.StartAsync(60, 16);
        await pane.ChatAsync(server.LinesPort, "--login Ana");
        await bob.SayAndHearAsync("the needle");
        for (int number = 0; number < 30; number++)
        {
            await bob.SayAndHearAsync($"hay {number}");
        }

        await pane.WaitForAsync("hay 29");
        await pane.PressAsync("C-f");
        await pane.WaitForAsync("─ Search ─");
        await pane.TypeAsync("NEEDLE");
        await pane.WaitForAsync("Bob: the needle");
        Assert.Contains("\e[7mneedle", await pane.ScreenAsync(escapes: true), StringComparison.Ordinal);
        await pane.PressAsync("Escape");
        await pane.WaitForAsync("─ Send message ─");
    }

    [Fact]
    public async Task What_is_said_is_in_the_transcript()
    {
        string file = Path.GetTempFileName();
        try
        {
            await using ParleyServer server = await ParleyServer.StartAsync();
            using Chatter bob = await Chatter.JoinAsync(server.LinesPort, "Bob");
            await using TmuxPane pane = await TmuxPane.StartAsync(80, 24);
            await pane.ChatAsync(server.LinesPort, $"--login Ana --transcript '{file}'");
            await pane.WaitForAsync("is now Ana");
            await pane.RunAsync("tick");
            await pane.WaitForAsync("Ana: tick");
            await bob.SayAsync("ana, tock");
            await pane.WaitForAsync("Bob: ana, tock");

            string[] lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
            Assert.Contains(lines, line => line.EndsWith(" Ana: tick", StringComparison.Ordinal));
            Assert.EndsWith(" Bob: ana, tock", lines[^1], StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
