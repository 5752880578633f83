using Microsoft.Extensions.Logging;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Connections;

public sealed class FailureTests
{
    [Theory]
    [InlineData(TransportKind.InMemory)]
    [InlineData(TransportKind.Loops)]
    [InlineData(TransportKind.Kestrel)]
    public async Task A_session_that_fails_ends_alone_and_is_logged_once(TransportKind transport)
    {
        await using var server = new TestServer(decorate: broker => new FaultyBroker(broker));
        var address = transport == TransportKind.InMemory ? null : await server.ListenAsync(transport == TransportKind.Loops);
        var ann = await server.EnterAsync("Ann");
        var bob = address is null ? await server.EnterAsync("Bob") : await server.ConnectAsync(address, "Bob");
        await ann.ReadUntilAsync((await ann.ExpectMatchAsync("(?<name>.*) joined")).Groups["name"].Value + " is now Bob");

        await bob.SendLinesAsync("before", "fail", "after");
        await bob.ExpectAsync("Bob: before");
        await bob.ExpectClosedAsync();
        await bob.CloseAsync();
        await ann.ExpectAsync("Bob: before", "Bob left");
        await ann.SendLineAsync("fine");
        await ann.ExpectAsync("Ann: fine");

        var stopping = server.StopAsync();
        await ann.ReadToEndAsync();

        // A conversation that throws would be logged a second time, by Kestrel: here it would fault this task.
        await stopping;
        Assert.Single(server.Log.Entries, entry => entry.Level >= LogLevel.Error);
    }
}
