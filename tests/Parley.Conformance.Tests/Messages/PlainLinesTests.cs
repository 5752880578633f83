using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>A message of many lines as clients are shown it that know no such messages: not in a burst for which they would ignore its author.</summary>
public sealed class PlainLinesTests : ConformanceTest
{
    private const string Author = "batch draft/multiline message-tags echo-message labeled-response";

    [Fact]
    public async Task Of_twenty_lines_five_are_shown_and_the_rest_is_counted()
    {
        var (ann, bob) = await MeetAsync("");

        await SayLinesAsync(ann, 20);

        Assert.Equal(
            ["line 1", "line 2", "line 3", "line 4", "line 5", "... 15 more lines: all of it is on the web page, and for clients with draft/multiline"],
            (await bob.SyncAsync()).Of("PRIVMSG").Select(line => line.Text));
    }

    [Fact]
    public async Task Five_lines_are_shown_whole()
    {
        var (ann, bob) = await MeetAsync("");

        await SayLinesAsync(ann, 5);

        Assert.Equal(["line 1", "line 2", "line 3", "line 4", "line 5"], (await bob.SyncAsync()).Of("PRIVMSG").Select(line => line.Text));
    }

    [Fact]
    public async Task Whoever_knows_messages_of_several_lines_is_shown_all_of_them()
    {
        var (ann, bob) = await MeetAsync("batch draft/multiline");

        await SayLinesAsync(ann, 20);

        Assert.Equal(20, (await bob.SyncAsync()).Of("PRIVMSG").Length);
    }

    [Fact]
    public async Task How_many_is_a_setting()
    {
        await using var server = await IrcServer.StartAsync(options => options.IrcPlainLines = 2);
        var ann = await server.JoinAsync("Ann", "#room", Author);
        var bob = await server.JoinAsync("Bob");
        await ann.SyncAsync();

        await SayLinesAsync(ann, 3);

        Assert.Equal(
            ["line 1", "line 2", "... 1 more line: all of it is on the web page, and for clients with draft/multiline"],
            (await bob.SyncAsync()).Of("PRIVMSG").Select(line => line.Text));
    }

    private static async Task SayLinesAsync(IrcClient author, int count)
    {
        await author.SendAsync("BATCH +1 draft/multiline #room");
        for (var i = 1; i <= count; i++)
        {
            await author.SendAsync($"@batch=1 PRIVMSG #room :line {i}");
        }

        await author.SendAsync("BATCH -1");
        await author.SyncAsync();
    }

    private async Task<(IrcClient Ann, IrcClient Bob)> MeetAsync(string capabilities)
    {
        var ann = await Server.JoinAsync("Ann", "#room", Author);
        var bob = await Server.JoinAsync("Bob", "#room", capabilities);
        await ann.SyncAsync();
        return (ann, bob);
    }
}
