using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Lines;

public sealed class TopicTests
{
    [Fact]
    public async Task Whoever_made_the_room_sets_its_topic_and_all_see_it()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");

        await people[0].SendLineAsync("/topic tea at  five");

        await people[0].ExpectAsync("Ann changed the topic: tea at  five");
        await people[1].ExpectAsync("Ann changed the topic: tea at  five");
        await people[1].SendLineAsync("/topic");
        await people[1].ExpectAsync("Topic - tea at  five");
    }

    [Fact]
    public async Task Without_one_there_is_none()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");

        await ann.SendLineAsync("/topic");

        await ann.ExpectAsync("Topic - none");
    }

    [Fact]
    public async Task Others_are_told_that_it_is_not_for_them()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");

        await people[1].SendLinesAsync("/topic mine", "/topic");

        await people[1].ExpectAsync("Only operators change the topic of main", "Topic - none");
    }

    [Fact]
    public async Task Who_joins_a_room_with_a_topic_is_told_it_behind_the_welcome()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[0].SendLineAsync("/topic tea");
        await people[1].ExpectAsync("Ann changed the topic: tea");

        await people[1].SendLinesAsync("/join rust", "/join main");

        await people[1].ExpectAsync("You joined rust", "You joined main", "Topic - tea");
    }

    [Fact]
    public async Task A_topic_has_its_time_where_times_are_on()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");

        await ann.SendLinesAsync("/times on", "/topic tea");

        await ann.ExpectAsync("Times are on");
        await ann.ExpectMatchAsync(@"\[\d\d:\d\d\] Ann changed the topic: tea");
    }
}
