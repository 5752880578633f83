using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>What people are told when history cannot be kept, and what becomes of what they say.</summary>
public sealed class HistoryFailureTests
{
    private const string Failed = "Server cannot keep history at the moment";

    [Fact]
    public async Task When_there_is_no_more_room_chat_goes_on_and_everybody_is_told()
    {
        using TemporaryFolder folder = new();
        await using ParleyServer server = await ParleyServer.StartWithHistoryAsync(folder.Path, "--history-megabytes", "1");
        using Chatter ann = await Chatter.JoinAsync(server.LinesPort, "Ann");
        using Chatter bob = await Chatter.JoinAsync(server.LinesPort, "Bob");

        await FillAsync(ann);
        await bob.Heard.SkipToAsync(Failed);

        await ann.SayAsync("still here");
        await bob.Heard.SkipToAsync("Ann: still here");
        Assert.Contains(server.Log.All, line => line.Contains("History is not kept", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_larger_file_is_allowed_by_a_reload_and_keeps_what_has_waited()
    {
        using TemporaryFolder folder = new();
        string settings = Path.Combine(folder.Path, "parley.json");
        await File.WriteAllTextAsync(settings, """{ "historyMegabytes": 1 }""", TestContext.Current.CancellationToken);
        await using ParleyServer server = await ParleyServer.StartWithHistoryAsync(folder.Path, "--config", settings);
        using Chatter ann = await Chatter.JoinAsync(server.LinesPort, "Ann");
        await FillAsync(ann);

        await File.WriteAllTextAsync(settings, """{ "historyMegabytes": 100 }""", TestContext.Current.CancellationToken);
        await using ChildProcess reload = ParleyBinary.Run("reload", "--data", folder.Path);

        Assert.Equal(0, await reload.ExitAsync());
        await ann.Heard.SkipToAsync("Server keeps history again");
    }

    [Fact]
    public async Task When_nothing_may_go_out_unkept_the_author_is_told_instead()
    {
        using TemporaryFolder folder = new();
        await using ParleyServer server = await ParleyServer.StartWithHistoryAsync(
            folder.Path, "--history-megabytes", "1", "--history-failure", "refuse");
        using Chatter ann = await Chatter.JoinAsync(server.LinesPort, "Ann");

        await FillAsync(ann);

        await ann.SayAsync("hello?");
        await ann.Heard.SkipToAsync("Server cannot keep messages at the moment, yours was not sent, try again later");
    }

    [Theory]
    [InlineData("this is not a database, whatever its name is; and it is long enough to have been one, with room for a header")]
    [InlineData("")]
    public async Task A_file_that_is_no_history_is_told_in_one_line_and_left_as_it_is(string contents)
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "history.db");
        await File.WriteAllTextAsync(file, contents, TestContext.Current.CancellationToken);
        if (contents.Length == 0)
        {
            // An empty file is where a new history begins.
            await using ParleyServer server = await ParleyServer.StartWithHistoryAsync(folder.Path);
            return;
        }

        await using ChildProcess refused = ParleyBinary.Run("serve", "--lines", "127.0.0.1:0", "--addressed", "off", "--irc", "off", "--http", "off", "--data", folder.Path);

        Assert.Equal(1, await refused.ExitAsync());
        Assert.Contains(file, await refused.Errors.NextAsync());
        await refused.Errors.ExpectEndAsync();
        Assert.Equal(contents, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_second_server_on_the_same_history_is_told_so()
    {
        using TemporaryFolder folder = new();
        await using ParleyServer first = await ParleyServer.StartWithHistoryAsync(folder.Path);
        await using ChildProcess second = ParleyBinary.Run("serve", "--lines", "127.0.0.1:0", "--addressed", "off", "--irc", "off", "--http", "off", "--data", folder.Path);

        Assert.Equal(1, await second.ExitAsync());
        Assert.Contains(folder.Path, await second.Errors.NextAsync());
        await second.Errors.ExpectEndAsync();
    }

    [Fact]
    public async Task History_outlives_an_orderly_stop()
    {
        using TemporaryFolder folder = new();
        await using (ParleyServer first = await ParleyServer.StartWithHistoryAsync(folder.Path))
        {
            using Chatter ann = await Chatter.JoinAsync(first.LinesPort, "Ann");
            await ann.SayAndHearAsync("before");
        }

        await using ParleyServer second = await ParleyServer.StartWithHistoryAsync(folder.Path);
        using Chatter bob = await Chatter.JoinAsync(second.LinesPort);
        await bob.Heard.ExpectAsync("History - earlier messages in main");
        Assert.EndsWith("] Ann: before", await bob.Heard.NextAsync(), StringComparison.Ordinal);
        await bob.Heard.ExpectAsync("History - end");
    }

    /// <summary>Talks until there is no more room.</summary>
    private static async Task FillAsync(Chatter talker)
    {
        string line = new('x', 390);
        Task<string> told = talker.Heard.SkipToAsync(Failed);
        while (!told.IsCompleted)
        {
            for (int i = 0; i < 100; i++)
            {
                await talker.SayAsync(line);
            }

            await Task.Yield();
        }

        await told;
    }
}
