using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Lines;

public sealed class MsgTests
{
    [Fact]
    public async Task A_message_to_one_is_seen_by_both_and_by_nobody_else()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob", "Cid");
        await people[0].SendLinesAsync("/msg bOB psst: you");
        await people[0].ExpectAsync("to Bob: psst: you");
        await people[1].ExpectAsync("from Ann: psst: you");
        await people[0].SendLineAsync("aloud");
        await people[2].ExpectAsync("Ann: aloud");
    }

    [Fact]
    public async Task It_reaches_other_rooms()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[1].SendLineAsync("/join rust");
        await people[1].ExpectAsync("You joined rust");
        await people[0].ExpectAsync("Bob left");
        await people[0].SendLineAsync("/msg Bob psst");
        await people[0].ExpectAsync("to Bob: psst");
        await people[1].ExpectAsync("from Ann: psst");
    }

    [Fact]
    public async Task It_reaches_the_addressed_protocol_and_comes_back()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        var bob = await server.LogInAsync("bob");
        await ann.SendLineAsync("/msg Bob hi");
        await ann.ExpectAsync("to bob: hi");
        await bob.ExpectAsync("from Ann: hi");
        await bob.SendLineAsync("ann: hi yourself");
        await ann.ExpectAsync("from bob: hi yourself");
    }

    [Theory]
    [InlineData("/msg Nobody hi", "Nobody is not here")]
    [InlineData("/msg no.name hi", "no.name is not here")]
    [InlineData("/msg", "Usage: /msg {name} {text}")]
    [InlineData("/msg Ann", "Usage: /msg {name} {text}")]
    public async Task One_is_told_what_is_wrong(string line, string answer)
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLineAsync(line);
        await ann.ExpectAsync(answer);
    }

    /// <summary>"The answer to a command comes after every line of the room that was accepted before the command." (lines.md)</summary>
    [Fact]
    public async Task What_one_sees_of_it_comes_after_what_one_has_said_before()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        for (var i = 0; i < 200; i++)
        {
            await people[0].SendLinesAsync("hello", "/msg Bob psst");
            await people[0].ExpectAsync("Ann: hello", "to Bob: psst");
        }
    }

    [Fact]
    public async Task Its_recipient_sees_it_after_what_the_sender_has_said_before()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        for (var i = 0; i < 200; i++)
        {
            await people[0].SendLinesAsync("look", "/msg Bob did you see?");
            await people[1].ExpectAsync("Ann: look", "from Ann: did you see?");
        }
    }
}
