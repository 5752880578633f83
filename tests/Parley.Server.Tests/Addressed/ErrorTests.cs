using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Addressed;

public sealed class ErrorTests
{
    [Theory]
    [InlineData("hello", "error: The line has no ':', write name1, name2: text")]
    [InlineData(": hello", "error: The line has no name before the ':', write name1, name2: text")]
    [InlineData(" , ,: hello", "error: The line has no name before the ':', write name1, name2: text")]
    [InlineData("bob: hello", "error: bob is not here")]
    [InlineData("no such name: hello", "error: no such name is not here")]
    [InlineData("\u001b[2J: hello", "error: [2J is not here")]
    public async Task What_is_wrong_is_told_in_one_line_and_the_connection_stays(string line, string error)
    {
        await using var server = new TestServer();
        var alice = await server.LogInAsync("alice");
        await alice.SendLinesAsync(line, "alice: still here");
        await alice.ExpectAsync(error, "from alice: still here");
    }

    [Fact]
    public async Task Those_who_are_here_get_it_and_each_who_is_not_is_told()
    {
        await using var server = new TestServer();
        var alice = await server.LogInAsync("alice");
        var bob = await server.LogInAsync("bob");
        await alice.SendLineAsync("carol, bob, Dave, carol: lunch?");
        await bob.ExpectAsync("from alice: lunch?");
        await alice.ExpectAsync("error: carol is not here", "error: Dave is not here");
    }

    [Fact]
    public async Task A_long_line_is_told_once_and_the_next_one_is_fine()
    {
        await using var server = new TestServer();
        var alice = await server.LogInAsync("alice");
        await alice.SendLinesAsync("alice: " + new string('x', 5000), "alice: fine");
        await alice.ExpectAsync("error: Messages can only be 400 bytes long, send it in parts", "from alice: fine");
    }

    [Fact]
    public async Task What_is_not_UTF_8_is_told_and_the_next_line_is_fine()
    {
        await using var server = new TestServer();
        var alice = await server.LogInAsync("alice");
        await alice.SendBytesAsync(new byte[] { (byte)'a', (byte)':', 0xC3, 10 });
        await alice.SendLineAsync("alice: fine");
        await alice.ExpectAsync("error: Messages must be UTF-8, send it again in that encoding", "from alice: fine");
    }

    [Fact]
    public async Task An_empty_line_does_nothing()
    {
        await using var server = new TestServer();
        var alice = await server.LogInAsync("alice");
        await alice.SendLinesAsync("", "alice: fine");
        await alice.ExpectAsync("from alice: fine");
    }

    /// <summary>"Every line from the server is either a message or an error." (addressed.md)</summary>
    [Fact]
    public async Task That_the_server_stops_is_told_as_an_error()
    {
        await using var server = new TestServer();
        var alice = await server.LogInAsync("alice");
        var stopping = server.StopAsync();
        await alice.ExpectMatchAsync("error: .*shutting down.*");
        await alice.ExpectClosedAsync();
        await stopping;
    }
}
