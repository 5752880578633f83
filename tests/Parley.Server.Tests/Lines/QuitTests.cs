using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Lines;

public sealed class QuitTests
{
    [Fact]
    public async Task Quit_closes_the_connection_and_the_room_is_told()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[0].SendLineAsync("/quit");
        await people[0].ExpectClosedAsync();
        await people[1].ExpectAsync("Ann left");
    }

    [Fact]
    public async Task Quit_delivers_what_is_pending_and_hears_nothing_that_follows_it()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLinesAsync([.. Enumerable.Range(0, 500).Select(i => $"message {i}"), "/users", "/quit", "too late"]);
        await ann.ExpectAsync([.. Enumerable.Range(0, 500).Select(i => $"Ann: message {i}")]);
        await ann.ExpectAsync("Users - Ann");
        await ann.ExpectClosedAsync();
    }

    [Theory]
    [InlineData(new byte[] { 3 })]
    [InlineData(new byte[] { 4 })]
    [InlineData(new byte[] { 255, 244 })]
    [InlineData(new byte[] { 255, 236 })]
    [InlineData(new byte[] { (byte)'h', (byte)'a', 255, 244 })]
    public async Task Ctrl_C_and_Ctrl_D_quit_as_bytes_and_as_telnet_sends_them(byte[] keys)
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[0].SendBytesAsync(keys);
        await people[0].ExpectClosedAsync();
        await people[1].ExpectAsync("Ann left");
    }

    [Fact]
    public async Task Who_is_gone_without_a_word_has_left()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[0].CloseAsync();
        await people[1].ExpectAsync("Ann left");
        Assert.DoesNotContain(server.Log.Entries, entry => entry.Exception is not null);
    }
}
