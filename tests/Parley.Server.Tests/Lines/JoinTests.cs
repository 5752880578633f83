using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Lines;

public sealed class JoinTests
{
    [Fact]
    public async Task Joining_leaves_the_old_room_and_both_are_told()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob", "Cid");
        await people[1].SendLineAsync("/join rust");
        await people[1].ExpectAsync("You joined rust");
        await people[0].ExpectAsync("Bob left");
        await people[2].ExpectAsync("Bob left");

        await people[2].SendLineAsync("/join rust");
        await people[2].ExpectAsync("You joined rust");
        await people[1].ExpectAsync("Cid joined");
        await people[0].ExpectAsync("Cid left");
    }

    [Fact]
    public async Task What_is_said_in_one_room_is_not_heard_in_another()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[1].SendLineAsync("/join rust");
        await people[1].ExpectAsync("You joined rust");
        await people[0].ExpectAsync("Bob left");
        await people[0].SendLineAsync("in main");
        await people[0].ExpectAsync("Ann: in main");
        await people[1].SendLineAsync("in rust");
        await people[1].ExpectAsync("Bob: in rust");
        await people[0].SendLineAsync("again");
        await people[0].ExpectAsync("Ann: again");
    }

    [Theory]
    [InlineData("/join")]
    [InlineData("/join x")]
    [InlineData("/join #main")]
    [InlineData("/join ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLM")]
    [InlineData("/join two words")]
    [InlineData("/join three whole words")]
    public async Task A_missing_or_bad_room_changes_nothing(string line)
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLinesAsync(line, "/rooms");
        await ann.ExpectAsync("Room must be 2 - 20 alphanumeric chars", "Rooms - main (1)");
    }

    [Theory]
    [InlineData("main")]
    [InlineData("MAIN")]
    public async Task Where_one_is_already_one_is_told_so(string room)
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[0].SendLinesAsync("/join " + room, "hi");
        await people[0].ExpectAsync("You are in main", "Ann: hi");
        await people[1].ExpectAsync("Ann: hi");
    }

    [Fact]
    public async Task Rooms_are_the_same_in_whatever_case()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[0].SendLineAsync("/join Rust");
        await people[0].ExpectAsync("You joined Rust");
        await people[1].SendLinesAsync("/join rUST", "/users");
        await people[1].ExpectAsync("Ann left", "You joined Rust", "Users - Ann, Bob");
    }

    [Fact]
    public async Task An_empty_room_is_gone_and_can_be_made_again()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLinesAsync("/join rust", "/rooms", "/join main", "/rooms", "/join RUST", "/rooms");
        await ann.ExpectAsync(
            "You joined rust", "Rooms - rust (1)", "You joined main", "Rooms - main (1)", "You joined RUST", "Rooms - RUST (1)");
    }
}
