using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests.FullScreen;

/// <summary>Somebody sits at <c>parley chat</c> in a real terminal and is in several rooms.</summary>
public sealed class RoomsTests
{
    [Fact]
    public async Task Rooms_stand_side_by_side_and_keys_go_from_one_to_another()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        using Chatter bob = await Chatter.JoinAsync(server.LinesPort, "Bob");
        await using TmuxPane pane = await TmuxPane.StartAsync(90, 20);
        await pane.ChatAsync(server.LinesPort, "--login Ana");
        await pane.WaitForAsync("Members (2)");

        await pane.TypeAsync("/join rust");
        await pane.PressAsync("Enter");
        await pane.WaitForAsync(" 1 main  2 rust ");
        await pane.WaitForAsync("Members (1)");
        await bob.SayAsync("anybody in main? Ana?");
        await pane.WaitForAsync(" 1 main (1!) ");
        await pane.TypeAsync("half a thought");
        await pane.PressAsync("M-1");
        await pane.WaitForAsync("Bob: anybody in main? Ana?");
        await pane.WaitForAsync("│Start typing...");

        await pane.TypeAsync("yes");
        await pane.PressAsync("Enter");
        await bob.Heard.SkipToAsync("Ana: yes");
        await pane.PressAsync("C-n");
        await pane.WaitForAsync("│half a thought");
        await pane.PressAsync("C-u");
        await pane.TypeAsync("/leave");
        await pane.PressAsync("Enter");
        await pane.WaitForAsync("─ main ─");
    }

    [Fact]
    public async Task The_password_of_an_account_is_shown_as_dots()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        await using TmuxPane pane = await TmuxPane.StartAsync(90, 24);
        await pane.ChatAsync(server.LinesPort, "--login Ana");
        await pane.WaitForAsync("is now Ana");

        await pane.TypeAsync("/account make Ana");
        await pane.PressAsync("Enter");
        await pane.WaitForAsync("─ Password ─");
        await pane.TypeAsync("correct horse");
        string screen = await pane.WaitForAsync("│•••••••••••••");
        Assert.DoesNotContain("horse", screen, StringComparison.Ordinal);
        await pane.PressAsync("Enter");
        screen = await pane.WaitForAsync("Ana is your account now");
        Assert.DoesNotContain("horse", screen, StringComparison.Ordinal);
        await pane.WaitForAsync("─ Send message ─");
    }
}
