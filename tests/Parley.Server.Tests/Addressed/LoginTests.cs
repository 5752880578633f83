using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Addressed;

public sealed class LoginTests
{
    private const string BadLogin = "error: Name must be 2 - 20 alphanumeric chars, connect again with such a name as the first line";

    [Fact]
    public async Task A_login_is_trimmed()
    {
        await using var server = new TestServer();
        var alice = server.OpenAddressed();
        await alice.SendLinesAsync("  alice \r", "alice: me");
        await alice.ExpectAsync("from alice: me");
    }

    [Fact]
    public async Task A_login_that_might_be_taken_for_another_is_refused_with_the_reason()
    {
        await using var server = new TestServer();
        var client = server.OpenAddressed();
        await client.SendLinesAsync("p\u0430ypal");
        await client.ExpectAsync("error: Names have letters of one script, as those of another may look the same, connect again with such a name as the first line");
        await client.ExpectClosedAsync();
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("ALICE")]
    public async Task A_login_that_is_taken_is_told_and_the_connection_closed(string login)
    {
        await using var server = new TestServer();
        var alice = await server.LogInAsync("alice");
        var second = server.OpenAddressed();
        await second.SendLinesAsync(login, "alice: as alice?");
        await second.ExpectAsync($"error: {login} is already taken, connect again with another name as the first line");
        await second.ExpectClosedAsync();
        await alice.SendLineAsync("alice: still here");
        await alice.ExpectAsync("from alice: still here");
    }

    [Fact]
    public async Task The_name_of_a_lines_user_is_taken()
    {
        await using var server = new TestServer();
        await server.EnterAsync("Ann");
        var second = server.OpenAddressed();
        await second.SendLineAsync("ann");
        await second.ExpectMatchAsync("error: ann is already taken, .*");
        await second.ExpectClosedAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a")]
    [InlineData("alice and bob")]
    [InlineData("alice: hi")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTU")]
    public async Task A_login_that_is_no_name_is_told_and_the_connection_closed(string login)
    {
        await using var server = new TestServer();
        var client = server.OpenAddressed();
        await client.SendLineAsync(login);
        await client.ExpectAsync(BadLogin);
        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task A_login_that_is_too_long_a_line_is_told_and_the_connection_closed()
    {
        await using var server = new TestServer();
        var client = server.OpenAddressed();
        await client.SendBytesAsync(Enumerable.Repeat((byte)'a', 401).ToArray());
        await client.ExpectAsync("error: Messages can only be 400 bytes long, send it in parts");
        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task A_login_that_is_not_UTF_8_is_told_and_the_connection_closed()
    {
        await using var server = new TestServer();
        var client = server.OpenAddressed();
        await client.SendBytesAsync(new byte[] { 0xFF, 10 });
        await client.ExpectAsync("error: Messages must be UTF-8, send it again in that encoding");
        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task Who_comes_back_after_the_close_gets_the_same_name_and_keeps_it()
    {
        await using var server = new TestServer();
        var bob = await server.LogInAsync("bob");
        for (var i = 0; i < 50; i++)
        {
            var alice = await server.LogInAsync("alice");
            await alice.CompleteSendingAsync();
            await alice.ExpectClosedAsync();
        }

        var last = await server.LogInAsync("alice");
        await bob.SendLineAsync("alice: welcome back");
        await last.ExpectAsync("from bob: welcome back");
    }

    [Fact]
    public async Task Nothing_before_the_end_of_the_stream_is_no_login_and_no_error()
    {
        await using var server = new TestServer();
        var client = server.OpenAddressed();
        await client.CompleteSendingAsync();
        await client.ExpectClosedAsync();
    }
}
