using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>Accounts, from the operator's side.</summary>
public sealed class AccountTests
{
    [Fact]
    public async Task The_operator_makes_an_account_while_the_server_runs_and_no_password_is_seen()
    {
        using TemporaryFolder folder = new();
        await using ParleyServer server = await ParleyServer.StartWithHistoryAsync(folder.Path);
        await using TmuxPane pane = await TmuxPane.StartAsync(120, 20);

        await pane.RunAsync($"clear; '{ParleyBinary.Path}' account add ann --data '{folder.Path}'; echo code $?");
        await pane.WaitForAsync("New password:");
        await pane.RunAsync("correct horse");
        await pane.WaitForAsync("Once more:");
        await pane.RunAsync("correct horse");
        string screen = await pane.WaitForAsync("code 0");

        Assert.Contains("ann added", screen);
        Assert.DoesNotContain("horse", screen);
        await using ChildProcess list = ParleyBinary.Run("account", "list", "--data", folder.Path);
        Assert.StartsWith("ann ", await list.Output.NextAsync());
        Assert.Equal(0, await list.ExitAsync());
    }

    [Fact]
    public async Task Ctrl_C_at_the_password_leaves_the_terminal_as_it_was_and_makes_no_account()
    {
        using TemporaryFolder folder = new();
        await using TmuxPane pane = await TmuxPane.StartAsync(120, 20);
        string before = await pane.ModeAsync();

        await pane.RunAsync($"clear; '{ParleyBinary.Path}' account add ann --data '{folder.Path}'");
        await pane.WaitForAsync("New password:");
        await pane.TypeAsync("correct");
        await pane.PressAsync("C-c");
        await pane.RunAsync("echo code $?");
        await pane.WaitForAsync("code 130");

        await Safety.UntilAsync(pane.ModeAsync, mode => mode == before, "the terminal to be as it was");
        await using ChildProcess list = ParleyBinary.Run("account", "list", "--data", folder.Path);
        Assert.Equal(0, await list.ExitAsync());
        await list.Output.ExpectEndAsync();
    }

    [Fact]
    public async Task A_server_whose_socket_the_settings_put_elsewhere_is_told_that_an_account_is_removed()
    {
        using TemporaryFolder folder = new();
        string socket = Path.Combine(folder.Path, "elsewhere.sock");
        string settings = Path.Combine(folder.Path, "parley.json");
        await File.WriteAllTextAsync(settings, $$"""{ "data": "{{folder.Path}}", "admin": "{{socket}}" }""", TestContext.Current.CancellationToken);
        await using ParleyServer server = await ParleyServer.StartWithHistoryAsync(folder.Path, "--admin", socket);
        using Chatter ann = await Chatter.JoinAsync(server.LinesPort, "Lena");
        await ann.SayAsync("/account make Ann\ncorrect horse");
        await ann.Heard.SkipToAsync("Ann is your account now");

        await using ChildProcess remove = ParleyBinary.Run("account", "remove", "Ann", "--yes", "--config", settings);

        Assert.Equal(0, await remove.ExitAsync());
        await ann.Heard.SkipToAsync("that the account is gone", line => line.Contains("Your account has been removed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_is_in_is_logged_out_when_a_way_in_is_taken_away()
    {
        using TemporaryFolder folder = new();
        await using ParleyServer server = await ParleyServer.StartWithHistoryAsync(folder.Path);
        using Chatter ann = await Chatter.JoinAsync(server.LinesPort, "Lena");
        await ann.SayAsync("/account make Ann\ncorrect horse");
        await ann.Heard.SkipToAsync("Ann is your account now");
        string[] identity = ["Ann", "https://id.example", "248", "--data", folder.Path];
        await using ChildProcess add = ParleyBinary.Run(["account", "identity", "add", .. identity]);
        Assert.Equal(0, await add.ExitAsync());

        await using ChildProcess remove = ParleyBinary.Run(["account", "identity", "remove", .. identity]);

        Assert.Equal(0, await remove.ExitAsync());
        await ann.Heard.SkipToAsync("that it is logged out", line => line.Contains("A way to log in to the account was taken away", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_guest_gives_up_a_name_that_the_operator_gives_to_somebody()
    {
        using TemporaryFolder folder = new();
        await using ParleyServer server = await ParleyServer.StartWithHistoryAsync(folder.Path);
        using Chatter guest = await Chatter.JoinAsync(server.LinesPort, "Dora");

        await using ChildProcess add = ParleyBinary.Run("account", "add", "Dora", "--data", folder.Path);
        await add.SendLineAsync("correct horse");
        add.EndInput();

        Assert.Equal(0, await add.ExitAsync());
        await guest.Heard.SkipToAsync("that it wears another name", line => line.Contains("Guest", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_server_on_the_same_accounts_is_told_so_also_where_neither_keeps_history()
    {
        using TemporaryFolder folder = new();
        await using ParleyServer first = await ParleyServer.StartWithHistoryAsync(folder.Path, "--history", "off");
        await using ChildProcess second = ParleyBinary.Run(
            "serve", "--lines", "127.0.0.1:0", "--addressed", "off", "--http", "off", "--data", folder.Path, "--history", "off");

        Assert.Equal(1, await second.ExitAsync());
        Assert.Equal(
            $"Another server keeps its accounts in {folder.Path}: stop that one, or use another data directory", await second.Errors.NextAsync());
        await second.Errors.ExpectEndAsync();
    }
}
