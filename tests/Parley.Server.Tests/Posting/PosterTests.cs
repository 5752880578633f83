using System.Net;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Server.Posting;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Posting;

/// <summary>Users who only speak: docs/decisions/0010.</summary>
public sealed class PosterTests
{
    private static readonly UserName Deploy = UserName.TryParse("deploy", out var name) ? name : default;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_poster_comes_in_once_and_leaves_when_it_has_said_nothing_for_ten_minutes()
    {
        await using var server = new TestServer();
        await using var ann = await server.EnterAsync("Ann");
        await PostAsync(server, "main", "one");
        server.Time.Advance(Poster.Stay - TimeSpan.FromSeconds(1));
        await PostAsync(server, "main", "two");
        server.Time.Advance(Poster.Stay - TimeSpan.FromSeconds(1));
        await PostAsync(server, "main", "three");
        await ann.ExpectAsync("deploy joined", "deploy: one", "deploy: two", "deploy: three");

        server.Time.Advance(Poster.Stay);

        await ann.ExpectAsync("deploy left");
        await ann.SendLineAsync("/name Deploy");
        await ann.ExpectAsync("Ann is now Deploy");
    }

    [Fact]
    public async Task A_poster_that_has_left_comes_back_when_it_has_something_to_say()
    {
        await using var server = new TestServer();
        await using var ann = await server.EnterAsync("Ann");
        await PostAsync(server, "main", "one");
        server.Time.Advance(Poster.Stay);
        await ann.ExpectAsync("deploy joined", "deploy: one", "deploy left");

        await PostAsync(server, "main", "two");

        await ann.ExpectAsync("deploy joined", "deploy: two");
    }

    [Fact]
    public async Task A_poster_with_more_rooms_than_one_may_be_in_leaves_the_first()
    {
        await using var server = new TestServer();
        await using var ann = await server.EnterAsync("Ann");
        await PostAsync(server, "main", "x");
        for (var room = 0; room < 100; room++)
        {
            await PostAsync(server, $"room-{room}", "x");
        }

        await ann.ExpectAsync("deploy joined", "deploy: x", "deploy left");
    }

    [Fact]
    public async Task Many_at_once_have_each_the_receipt_of_its_own_message()
    {
        await using var server = new TestServer(history: new MemoryHistoryStore());
        var posted = await Task.WhenAll(Enumerable.Range(0, 200).Select(async number =>
        {
            var room = number % 2 == 0 ? "even" : "odd";
            return (number, Message: await PostAsync(server, room, $"{number}"));
        })).WithinSafetyAsync();

        Assert.All(posted, one => Assert.Equal(one.number % 2 == 0 ? "even" : "odd", one.Message.Room.Value));
        foreach (var room in posted.GroupBy(one => one.Message.Room))
        {
            Assert.Equal(Enumerable.Range(1, 100).Select(number => (long)number), room.Select(one => one.Message.Number).Order());
        }
    }

    [Fact]
    public async Task A_server_that_is_stopping_takes_nothing_more_and_says_so()
    {
        await using var server = new TestServer();
        await PostAsync(server, "main", "x");
        await server.StopAsync();

        var error = await Assert.ThrowsAsync<PostException>(() => PostAsync(server, "main", "y"));

        Assert.Equal((PostFailure.Stopping, "Server is shutting down"), (error.Failure, error.Message));
    }

    [Fact]
    public async Task A_room_that_a_program_has_made_is_ruled_by_the_first_person_in_it()
    {
        await using var server = await TokenServer.StartAsync();
        await server.MustPostAsync(await server.CreateAsync(), "ops", "deploy done");
        await using var ann = await ScriptedClient.ConnectAsync(server.Server.AddressOf("irc"), "ann");

        await ann.SendLinesAsync("NICK Ann", "USER ann 0 * :Ann", "JOIN #ops");

        string? line;
        do
        {
            line = await ann.ReadLineAsync();
        }
        while (line?.Contains(" 353 ", StringComparison.Ordinal) == false);
        Assert.NotNull(line);
        Assert.Equal(["@Ann", "deploy"], line[(line.LastIndexOf(':') + 1)..].Trim().Split(' ').Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("+i", "Only those who were invited may come into ops")]
    [InlineData("+k sesame", "ops has a key")]
    [InlineData("+b deploy!*@*", "deploy is banned from ops")]
    [InlineData("+l 1", "ops is full")]
    [InlineData("+m", "An operator of ops has to let you speak there")]
    public async Task What_a_room_does_not_allow_is_refused_in_words_that_say_what_to_do(string mode, string words)
    {
        await using var server = await TokenServer.StartAsync();
        await using var ann = await ScriptedClient.ConnectAsync(server.Server.AddressOf("irc"), "ann");
        await ann.SendLinesAsync("NICK Ann", "USER ann 0 * :Ann", "JOIN #ops", $"MODE #ops {mode}", "PING done");
        while (await ann.ReadLineAsync() is { } line && !line.Contains("PONG", StringComparison.Ordinal))
        {
            // What she is told when she comes, and of the mode.
        }

        using var response = await server.PostAsync(await server.CreateAsync(), "ops", "deploy done");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains(words, await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "main", "x")]
    [InlineData("deploy", "", "x")]
    [InlineData("deploy", "main", "x\ny")]
    public async Task What_is_no_message_is_refused_before_it_is_tried(string author, string room, string text)
    {
        await using var server = new TestServer();
        var name = UserName.TryParse(author, out var user) ? user : default;
        var place = RoomName.TryParse(room, out var parsed) ? parsed : default;
        await Assert.ThrowsAsync<ArgumentException>(() => ((IRoomPoster)server.Posters).PostAsync(name, place, text, cancellationToken: Token));
    }

    private static Task<PostedMessage> PostAsync(TestServer server, string room, string text)
        => ((IRoomPoster)server.Posters)
            .PostAsync(Deploy, RoomName.TryParse(room, out var name) ? name : default, text, MessageKind.Text, Token)
            .WithinSafetyAsync();
}
