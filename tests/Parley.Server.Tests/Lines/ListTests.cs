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

    [Fact]
    public void A_long_list_is_cut_to_a_line_and_says_how_much_more_there_is()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        Parley.Protocol.Lines.LinesWriter.Rooms(output, Enumerable.Range(0, 10_900).Select(number => ($"room-number-{number:00000}", 1)));
        var line = System.Text.Encoding.UTF8.GetString(output.WrittenSpan);

        Assert.StartsWith("Rooms - room-number-00000 (1), room-number-00001 (1)", line, StringComparison.Ordinal);
        var shown = line.Split(", ").Length;
        Assert.EndsWith($" (1) ... and {10_900 - shown} more\n", line, StringComparison.Ordinal);
        Assert.InRange(line.Length, Parley.Protocol.Lines.LinesWriter.MaxListBytes - 30, Parley.Protocol.Lines.LinesWriter.MaxListBytes + 40);
    }
}
