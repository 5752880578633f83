using Parley.Conformance.Tests.Support;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Connection;

/// <summary>PING and ERROR from the server: there are programs that know them at the very beginning of a line only.</summary>
public sealed class BareLineTests : ConformanceTest
{
    private const string Everything = "server-time message-tags account-tag batch labeled-response echo-message";

    [Fact]
    public async Task A_ping_has_no_tags_and_no_source()
    {
        var ann = await Server.RegisterAsync("Ann", Everything);
        Server.Time.Advance(TimeSpan.FromSeconds(145));

        Assert.Equal("PING :parley", (await ann.ReadAsync()).Raw);
    }

    [Fact]
    public async Task A_timeout_ends_with_a_bare_error()
    {
        var ann = await Server.RegisterAsync("Ann", Everything);
        Server.Time.Advance(TimeSpan.FromSeconds(165));

        Assert.StartsWith("ERROR :Ping timeout", (await ann.ReadToEndAsync())[^1].Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_labelled_quit_is_acknowledged_and_the_error_is_bare()
    {
        var ann = await Server.RegisterAsync("Ann", Everything);
        await ann.SendAsync("@label=q QUIT :bye");

        var last = await ann.ReadToEndAsync();

        Assert.Equal(("ACK", "q"), (last[0].Command, last[0].Tags["label"]));
        Assert.Equal("ERROR :Closing link: Quit: bye", last[1].Raw);
        Assert.Equal(2, last.Count);
    }

    [Fact]
    public async Task Whoever_is_killed_reads_a_bare_error()
    {
        var server = await IrcServer.StartAsync(options => options.MaxConnections = 1);
        await using (server)
        {
            await server.RegisterAsync("Ann");
            var bob = await server.ConnectAsync();

            Assert.StartsWith("ERROR :", (await bob.ReadToEndAsync())[0].Raw, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_pong_keeps_its_tags_as_clients_set_their_clocks_by_it()
    {
        var ann = await Server.RegisterAsync("Ann", Everything);

        await ann.SendAsync("PING 1");

        Assert.Equal("2026-06-01T12:00:00.000Z", (await ann.ExpectAsync("PONG")).Tags["time"]);
    }

    [Theory]
    [InlineData("CAP LS 302|NICK Ann|USER ann 0 * :Ann", "CAP END")]
    [InlineData("NICK Ann", "USER")]
    [InlineData("USER ann 0 * :Ann", "NICK")]
    [InlineData("PING x", "NICK and USER")]
    public async Task Whoever_does_not_come_in_is_told_what_is_missing(string sent, string missing)
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync(sent.Split('|'));
        await client.SyncAsync();

        Server.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal($"ERROR :No {missing} came within 30 s, connect again and send {missing}", (await client.ReadToEndAsync())[^1].Raw);
    }
}
