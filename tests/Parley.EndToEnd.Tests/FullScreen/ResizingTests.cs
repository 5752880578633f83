using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests.FullScreen;

/// <summary>The screen fits its terminal, whatever that becomes.</summary>
public sealed class ResizingTests
{
    [Fact]
    public async Task A_terminal_of_20_by_5_is_enough_and_a_larger_one_is_made_use_of()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        using Chatter bob = await Chatter.JoinAsync(server.LinesPort, "Bob");
        await using TmuxPane pane = await TmuxPane.StartAsync(80, 24);
        await pane.ChatAsync(server.LinesPort, "--login Ana");
        await pane.WaitForAsync("Members (2)");

        await pane.ResizeAsync(20, 5);
        string screen = await pane.WaitForAsync("the small screen", text => !text.Contains('│', StringComparison.Ordinal));
        await pane.TypeAsync("from a watch");
        await pane.PressAsync("Enter");
        await bob.Heard.SkipToAsync("Ana: from a watch");
        screen = await pane.WaitForAsync("Ana: from a");
        Assert.Contains("● main Ana", screen, StringComparison.Ordinal);
        Assert.Equal("4", await pane.ValueAsync("cursor_y"));

        await pane.ResizeAsync(100, 30);
        screen = await pane.WaitForAsync("Members (2)");
        await pane.WaitForAsync("all 30 rows", text => text.TrimEnd().Split('\n').Length == 30);
        await pane.WaitForAsync("Ana: from a watch");
    }

    [Fact]
    public async Task NO_COLOR_leaves_bold_and_dim_and_no_colour()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        await using TmuxPane pane = await TmuxPane.StartAsync(80, 24, "NO_COLOR=1");
        await pane.ChatAsync(server.LinesPort, "--login Ana");
        await pane.TypeAsync("hello");
        await pane.PressAsync("Enter");
        await pane.WaitForAsync("Ana: hello");

        string screen = await pane.ScreenAsync(escapes: true);
        Assert.Contains("\e[1mAna", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[38;", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[9", screen, StringComparison.Ordinal);
    }
}
