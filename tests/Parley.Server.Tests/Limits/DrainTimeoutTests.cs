using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Limits;

public sealed class DrainTimeoutTests
{
    [Fact]
    public async Task A_session_that_never_reads_is_cut_off_after_the_drain_timeout_when_the_server_stops()
    {
        await using var server = new TestServer(new ParleyOptions { DrainTimeout = TimeSpan.FromSeconds(7) });
        var connection = new InMemoryConnection(sendBufferBytes: 64);
        var stalled = server.OpenLines(connection, "stalled");
        var ann = await server.EnterAsync("Ann");
        var stopping = server.StopAsync();
        await ann.ReadToEndAsync();

        await server.Time.WhenTimerArmedAsync(TimeSpan.FromSeconds(7));
        server.Time.Advance(TimeSpan.FromSeconds(7) - TimeSpan.FromTicks(1));
        Assert.False(stopping.IsCompleted);
        Assert.False(connection.Aborted.IsCompleted);
        server.Time.Advance(TimeSpan.FromTicks(1));
        await connection.Aborted.WithinSafetyAsync();
        await stopping.WithinSafetyAsync();
        Assert.Single(server.Log.Entries, entry => entry.Id == 205);
        await stalled.ExpectCutOffAsync();
    }

    [Fact]
    public async Task One_that_reads_in_the_end_gets_everything()
    {
        await using var server = new TestServer();
        var connection = new InMemoryConnection(sendBufferBytes: 64);
        var slow = server.OpenLines(connection, "slow");
        await slow.ReadUntilAsync("You joined main");
        var ann = await server.EnterAsync("Ann");
        await ann.SendLinesAsync([.. Enumerable.Range(0, 500).Select(i => $"{i}")]);
        await ann.ExpectAsync([.. Enumerable.Range(0, 500).Select(i => $"Ann: {i}")]);
        var stopping = server.StopAsync();
        await ann.ReadToEndAsync();
        var lines = await slow.ReadToEndAsync();
        await stopping;
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"Ann: {i}"), lines.Where(line => line.StartsWith("Ann: ", StringComparison.Ordinal)));
        Assert.Contains("Server is shutting down", lines);
        Assert.False(connection.Aborted.IsCompleted);
    }

    [Fact]
    public async Task Who_quits_and_does_not_read_is_cut_off_as_well_and_then_has_left()
    {
        await using var server = new TestServer();
        var connection = new InMemoryConnection(sendBufferBytes: 64);
        var stalled = server.OpenLines(connection, "stalled");
        await stalled.SendLineAsync("/quit");
        await server.Time.WhenTimerArmedAsync(TimeSpan.FromSeconds(10));
        server.Time.Advance(TimeSpan.FromSeconds(10));
        await connection.Aborted.WithinSafetyAsync();
        await server.AllConversationsAsync();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLineAsync("/users");
        await ann.ExpectAsync("Users - Ann");
    }
}
