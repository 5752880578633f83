using System.Net.Sockets;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Hosting;

public sealed class StopTests
{
    [Fact]
    public async Task Stopping_tells_everybody_closes_in_good_order_and_listens_no_more()
    {
        await using var server = await RealServer.StartAsync();
        await using var ann = await server.EnterAsync("Ann");
        await using var bob = await ScriptedClient.ConnectAsync(server.AddressOf("addressed"), "bob");
        await bob.SendLinesAsync("bob", "bob: here");
        await bob.ExpectAsync("from bob: here");
        var lines = server.AddressOf("lines");
        var stopping = server.StopAsync();
        Assert.Equal("Server is shutting down", (await ann.ReadToEndAsync())[0]);
        await bob.ExpectAsync("error: Server is shutting down");
        await bob.ExpectClosedAsync();
        await ann.CloseAsync();
        await bob.CloseAsync();
        await stopping;
        await Assert.ThrowsAsync<SocketException>(() => ScriptedClient.ConnectAsync(lines));
        Assert.DoesNotContain(server.Log.Entries, entry => entry.Exception is not null);
    }

    [Fact]
    public async Task What_is_pending_is_sent_before()
    {
        await using var server = await RealServer.StartAsync();
        await using var ann = await server.EnterAsync("Ann");
        await ann.SendLinesAsync([.. Enumerable.Range(0, 5000).Select(i => $"{i}")]);
        await ann.ExpectAsync("Ann: 0");
        var stopping = server.StopAsync();
        var lines = await ann.ReadToEndAsync();
        await ann.CloseAsync();
        await stopping;
        var said = lines.Where(line => line.StartsWith("Ann: ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(Enumerable.Range(1, said.Length).Select(i => $"Ann: {i}"), said);
        Assert.Contains("Server is shutting down", lines);
    }
}
