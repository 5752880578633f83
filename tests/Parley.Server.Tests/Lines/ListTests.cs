using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Lines;

public sealed class ListTests
{
    [Fact]
    public async Task Users_are_those_of_the_room_by_name_without_case()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("bob", "Ann", "Cid", "adam", "_x");
        await people[2].SendLineAsync("/join rust");
        await people[2].ExpectAsync("You joined rust");
        await people[0].ExpectAsync("Cid left");
        await people[0].SendLineAsync("/users");

        // Ordinal without case, as upper case: '_' comes behind the letters.
        await people[0].ExpectAsync("Users - adam, Ann, bob, _x");
    }

    [Fact]
    public async Task Rooms_are_by_users_descending_then_by_name_without_case()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob", "Cid", "Dan", "Eve", "Fay");
        foreach (var (person, room) in new[] { (0, "zoo"), (1, "Beta"), (2, "alpha"), (3, "zoo") })
        {
            await people[person].SendLineAsync("/join " + room);
            await people[person].ReadUntilAsync("You joined " + room);
        }

        await people[4].SendLinesAsync("/join main2", "/rooms");
        await people[4].ReadUntilAsync("You joined main2");
        await people[4].ExpectAsync("Rooms - zoo (2), alpha (1), Beta (1), main (1), main2 (1)");
    }
}
