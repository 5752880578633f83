using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Lines;

public sealed class TextTests
{
    [Fact]
    public async Task Text_is_seen_by_the_room_and_by_its_author()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[0].SendLineAsync("hello, world: how are you?");
        await people[0].ExpectAsync("Ann: hello, world: how are you?");
        await people[1].ExpectAsync("Ann: hello, world: how are you?");
    }

    [Fact]
    public async Task Messages_are_seen_by_all_in_one_order()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob", "Cid", "Dan");
        const int Each = 200;
        await Task.WhenAll(people.Select(async person =>
        {
            for (var i = 0; i < Each; i++)
            {
                await person.SendLineAsync($"{i}");
            }
        }));

        var seen = await Task.WhenAll(people.Select(async person =>
        {
            var lines = new List<string?>();
            while (lines.Count < Each * people.Length)
            {
                lines.Add(await person.ReadLineAsync());
            }

            return lines;
        }));
        Assert.All(seen, lines => Assert.Equal(seen[0], lines));
        Assert.All(people, person => Assert.Equal(
            Enumerable.Range(0, Each).Select(i => $"{person.Name}: {i}"),
            seen[0].Where(line => line!.StartsWith(person.Name + ":", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Text_is_passed_on_as_it_stands_with_its_spaces()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLineAsync("  /help is a command, \u00e4\u00f6\u00fc \U0001F600\t ");
        await ann.ExpectAsync("Ann:   /help is a command, \u00e4\u00f6\u00fc \U0001F600\t ");
    }

    [Fact]
    public async Task Two_slashes_say_a_line_that_begins_with_one()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[0].SendLineAsync("//quit is how you leave");
        await people[0].ExpectAsync("Ann: /quit is how you leave");
        await people[1].ExpectAsync("Ann: /quit is how you leave");
    }

    [Fact]
    public async Task An_empty_line_does_nothing()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLinesAsync("", "\r", "there");
        await ann.ExpectAsync("Ann: there");
    }

    [Fact]
    public async Task Lines_may_end_in_CRLF()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendBytesAsync("hello\r\n/users\r\n"u8.ToArray());
        await ann.ExpectAsync("Ann: hello", "Users - Ann");
    }

    [Fact]
    public async Task A_last_line_without_an_ending_counts_when_the_client_closes_its_side()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[0].SendBytesAsync("bye"u8.ToArray());
        await people[0].CompleteSendingAsync();
        await people[0].ExpectAsync("Ann: bye");
        await people[0].ExpectClosedAsync();
        await people[1].ExpectAsync("Ann: bye", "Ann left");
    }

    [Fact]
    public async Task What_came_in_pieces_is_one_line()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        foreach (var letter in "split up\n"u8.ToArray())
        {
            await ann.SendBytesAsync(new[] { letter });
        }

        await ann.ExpectAsync("Ann: split up");
    }
}
