using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Lines;

/// <summary><c>/slow</c>: how long people wait between two messages.</summary>
public sealed class SlowTests
{
    [Fact]
    public async Task Whoever_made_the_room_sets_it_and_all_see_it()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");

        await people[0].SendLineAsync("/slow 30");

        await people[0].ExpectAsync("Ann turned slow mode on, 30 s between messages");
        await people[1].ExpectAsync("Ann turned slow mode on, 30 s between messages");
        await people[1].SendLineAsync("/slow");
        await people[1].ExpectAsync("Slow mode - 30 s between messages");
        await people[0].SendLineAsync("/slow OFF");
        await people[1].ExpectAsync("Ann turned slow mode off");
        await people[1].SendLineAsync("/slow");
        await people[1].ExpectAsync("Slow mode - off");
    }

    [Fact]
    public async Task Whoever_is_too_early_is_told_how_long_to_wait_and_those_with_a_rank_never_are()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[0].SendLineAsync("/slow 30");
        await people[1].ExpectAsync("Ann turned slow mode on, 30 s between messages");
        await people[1].SendLineAsync("one");
        await people[0].ExpectAsync("Ann turned slow mode on, 30 s between messages", "Bob: one");
        server.Time.Advance(TimeSpan.FromSeconds(12));

        await people[1].SendLineAsync("two");

        await people[1].ExpectAsync("Bob: one", "Slow mode in main, wait 18 seconds");
        server.Time.Advance(TimeSpan.FromSeconds(18));
        await people[1].SendLineAsync("three");
        await people[0].ExpectAsync("Bob: three");
        await people[0].SendLinesAsync("a", "b");
        await people[1].ExpectAsync("Bob: three", "Ann: a", "Ann: b");
    }

    [Theory]
    [InlineData("/slow 0")]
    [InlineData("/slow 21601")]
    [InlineData("/slow -1")]
    [InlineData("/slow soon")]
    [InlineData("/slow 5 6")]
    public async Task A_pause_is_of_1_second_to_6_hours(string line)
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");

        await ann.SendLinesAsync(line, "/slow");

        await ann.ExpectAsync("Slow mode takes 1 to 21600 seconds, or off", "Slow mode - off");
    }

    [Fact]
    public async Task Others_are_told_that_it_is_not_for_them()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");

        await people[1].SendLinesAsync("/slow 5", "/slow off", "/slow");

        await people[1].ExpectAsync("Only operators change slow mode in main", "Only operators change slow mode in main", "Slow mode - off");
    }

    [Fact]
    public async Task Setting_what_is_set_shows_what_it_is()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");

        await ann.SendLinesAsync("/slow off", "/slow 1", "/slow 1", "/slow 01");

        await ann.ExpectAsync("Slow mode - off", "Ann turned slow mode on, 1 s between messages", "Slow mode - 1 s between messages", "Slow mode - 1 s between messages");
    }
}
