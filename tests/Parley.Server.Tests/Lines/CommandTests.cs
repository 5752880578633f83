using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Lines;

public sealed class CommandTests
{
    [Fact]
    public async Task Help_is_the_command_list_of_the_greeting()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLineAsync("/help");
        await ann.ExpectAsync(GreetingTests.Help);
    }

    [Theory]
    [InlineData("/helpme", "/helpme")]
    [InlineData("/HELP", "/HELP")]
    [InlineData("/other with words", "/other")]
    [InlineData("/", "/")]
    [InlineData("/names", "/names")]
    [InlineData("/averyveryverylongcommand", "/averyveryverylongcommand")]
    public async Task Commands_are_whole_words_and_others_are_not_recognized(string line, string command)
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[0].SendLinesAsync(line, "next");
        await people[0].ExpectAsync($"Unrecognized command {command}, try /help", "Ann: next");
        await people[1].ExpectAsync("Ann: next");
    }

    [Fact]
    public async Task Spaces_around_an_argument_do_not_count()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLinesAsync("/name   Anna  ", "/users ", "/times  on  ");
        await ann.ExpectAsync("Ann is now Anna", "Users - Anna", "Times are on");
    }

    [Theory]
    [InlineData("/users cats", "Usage: /users")]
    [InlineData("/rooms cats", "Usage: /rooms")]
    [InlineData("/bans cats", "Usage: /bans")]
    [InlineData("/register cats", "Usage: /register")]
    public async Task A_command_without_an_argument_does_not_pass_one_over(string line, string answer)
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLinesAsync(line, "next");
        await ann.ExpectAsync(answer, "Ann: next");
    }

    [Fact]
    public async Task Help_and_the_end_come_whatever_else_is_said()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLineAsync("/help me");
        await ann.ExpectAsync(GreetingTests.Help);
        await ann.SendLineAsync("/quit it is late");
        await ann.ExpectClosedAsync();
    }

    [Fact]
    public async Task The_answer_to_a_command_comes_after_what_one_has_said_before()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        foreach (var (command, answer) in new[] { ("/users", "Users - Ann"), ("/rooms", "Rooms - main (1)"), ("/x", "Unrecognized command /x, try /help") })
        {
            for (var i = 0; i < 100; i++)
            {
                await ann.SendLinesAsync("hello", command);
                await ann.ExpectAsync("Ann: hello", answer);
            }
        }
    }
}
