using Parley.Core.History;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Lines;

/// <summary>Several rooms on one connection of the lines protocol: each line says of which it is.</summary>
public sealed class TagsTests
{
    [Fact]
    public async Task With_tags_a_client_is_in_several_rooms_and_each_line_says_which()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        var (ann, bob) = (people[0], people[1]);
        await ann.SendLinesAsync("/tags on", "/join rust", "/join RUST");
        await ann.ExpectAsync("Tags are on", "#rust You joined rust", "You are in rust");
        await bob.SendLinesAsync("in main");
        await ann.ExpectAsync("#main Bob: in main");
        await bob.SendLinesAsync("/join rust");
        // Each room has an order of its own.
        string?[] moved = [await ann.ReadLineAsync(), await ann.ReadLineAsync()];
        Assert.Equal(["#main Bob left", "#rust Bob joined"], moved.Order(StringComparer.Ordinal));
        await bob.SendLineAsync("in rust");
        await ann.ExpectAsync("#rust Bob: in rust");

        await ann.SendLinesAsync("/in main to main");
        await ann.ExpectAsync("#main Ann: to main");
        await ann.SendLinesAsync("/in RUST /me waves", "/in rust /users", "/in rust /topic", "/in rust   /name in code", "the last one");
        await ann.ExpectAsync("#rust * Ann waves", "#rust Users - Ann, Bob", "#rust Topic - none", "#rust Ann:   /name in code", "#rust Ann: the last one");
    }

    [Fact]
    public async Task What_is_told_once_for_all_rooms_says_no_room()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        foreach (var client in people)
        {
            await client.SendLinesAsync("/tags on", "/join rust");
            await client.ExpectAsync("Tags are on", "#rust You joined rust");
        }

        await people[0].ExpectAsync("#rust Bob joined");
        await people[1].SendLinesAsync("/name Rob", "/msg Ann hi", "/quit");
        await people[0].ExpectAsync("Bob is now Rob", "from Rob: hi", "Rob left");
        await people[0].SendLinesAsync("/in rust /users", "/rooms");
        await people[0].ExpectAsync("#rust Users - Ann", "Rooms - main (1), rust (1)");
    }

    [Fact]
    public async Task Leaving_says_so_and_leaves_the_others()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLinesAsync("/tags on", "/join rust", "/leave main", "/in rust here", "/leave", "/leave", "/leave nowhere");
        await ann.ExpectAsync("Tags are on", "#rust You joined rust", "#main Ann left", "#rust Ann: here", "#rust Ann left");
        await ann.ExpectAsync("You are in no room, /join one", "You are not in nowhere, /join it first");
    }

    [Fact]
    public async Task Tags_stay_on_while_there_are_several_rooms()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLinesAsync("/tags on", "/join rust", "/tags off", "/leave main", "/tags off", "plain", "/tags", "/join go");
        await ann.ExpectAsync("Tags are on", "#rust You joined rust", "You are in several rooms, leave all but one first", "#main Ann left");
        await ann.ExpectAsync("Tags are off", "Ann: plain", "Usage: /tags on|off", "You joined go");
    }

    [Theory]
    [InlineData("/in rust hi", "You are not in rust, /join it first")]
    [InlineData("/in r! hi", "Room must be 2 - 20 alphanumeric chars")]
    [InlineData("/in main", "Usage: /in {room} {text}")]
    [InlineData("/in", "Usage: /in {room} {text}")]
    [InlineData("/in main /in main hi", "Usage: /in {room} {text}")]
    [InlineData("/in main /nonsense", "#main Unrecognized command /nonsense, try /help")]
    public async Task A_line_to_a_room_that_will_not_do_is_one_error_and_changes_nothing(string line, string error)
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLinesAsync("/tags on", line, "said after");
        await ann.ExpectAsync("Tags are on", error, "#main Ann: said after");
    }

    [Fact]
    public async Task There_may_be_as_many_rooms_as_everywhere_and_one_more_is_told()
    {
        await using var server = new TestServer(new() { MaxRooms = 2 });
        var ann = await server.EnterAsync("Ann");
        await ann.SendLinesAsync("/tags on", "/join rust", "/join go", "/in rust still here");
        await ann.ExpectAsync("Tags are on", "#rust You joined rust", "You are in as many rooms as you may be in, /leave one first", "#rust Ann: still here");
    }

    [Fact]
    public async Task What_was_said_before_somebody_came_says_its_room_too()
    {
        await using var store = new MemoryHistoryStore();
        await using var server = new TestServer(history: store);
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[0].SendLinesAsync("/join rust", "one");
        await people[0].ExpectAsync("You joined rust", "Ann: one");
        await people[1].ExpectAsync("Ann left");
        await people[1].SendLinesAsync("/tags on", "/join rust");
        await people[1].ExpectAsync("Tags are on", "#rust You joined rust", "#rust History - earlier messages in rust", "#rust @rust.1 [12:00] Ann: one", "#rust History - end");
    }

    [Fact]
    public async Task Times_and_tags_go_together()
    {
        await using var server = new TestServer();
        server.Time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(-4.5), null, null));
        var ann = await server.EnterAsync("Ann");
        await ann.SendLinesAsync("/times on", "/tags on", "one", "/times off", "two");
        await ann.ExpectAsync("Times are on", "Tags are on", "#main [07:30] Ann: one", "Times are off", "#main Ann: two");
    }
}
