using System.Net;
using Parley.Server.Collect;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Collect;

/// <summary>docs/protocols/hooks.md: the collector.</summary>
public sealed class CollectTests
{
    [Fact]
    public async Task Each_line_is_said_in_the_room_and_answered_with_ok()
    {
        await using var server = new TestServer();
        await using var ann = await server.EnterAsync("Ann");
        var reporter = Open(server);

        await reporter.SendLinesAsync("deploy done", "disk is full");

        await reporter.ExpectAsync("ok", "ok");
        await ann.ExpectAsync("collector joined", "collector: deploy done", "collector: disk is full");
    }

    [Fact]
    public async Task What_ends_without_a_line_ending_is_said_and_answered_before_the_connection_closes()
    {
        await using var server = new TestServer();
        await using var ann = await server.EnterAsync("Ann");
        var reporter = Open(server);

        await reporter.SendBytesAsync("deploy done"u8.ToArray());
        await reporter.CompleteSendingAsync();

        await reporter.ExpectAsync("ok");
        await reporter.ExpectClosedAsync();
        await ann.ExpectAsync("collector joined", "collector: deploy done");
    }

    [Fact]
    public async Task A_line_that_will_not_do_is_told_why_and_the_next_is_taken()
    {
        await using var server = new TestServer();
        await using var ann = await server.EnterAsync("Ann");
        var reporter = Open(server);

        await reporter.SendLinesAsync(new string('x', 401), " ");
        await reporter.SendBytesAsync(new byte[] { 0xff, (byte)'\n' });
        await reporter.SendLineAsync("good");

        await reporter.ExpectAsync(
            "error: Messages can only be 400 bytes long, send it in parts",
            "error: The line is empty, write what is to be said",
            "error: Messages must be UTF-8, send it again in that encoding",
            "ok");
        await ann.ExpectAsync("collector joined", "collector: good");
    }

    [Fact]
    public async Task Formatting_and_what_IRC_clients_would_answer_is_taken_out()
    {
        await using var server = new TestServer();
        await using var ann = await server.EnterAsync("Ann");
        var reporter = Open(server);

        await reporter.SendLinesAsync("\u0001VERSION\u0001", "\u000304,01warning\u0003 disk", "\u0002\u0001");

        await reporter.ExpectAsync("ok", "ok", "error: The line is empty, write what is to be said");
        await ann.ExpectAsync("collector joined", "collector: VERSION", "collector: warning disk");
    }

    [Fact]
    public async Task A_reporter_has_no_login_and_so_no_time_to_log_in()
    {
        await using var server = new TestServer();
        var reporter = Open(server);
        await reporter.SendLineAsync("one");
        await reporter.ExpectAsync("ok");

        server.Time.Advance(server.Options.LoginTimeout * 2);

        await reporter.SendLineAsync("two");
        await reporter.CompleteSendingAsync();
        await reporter.ExpectAsync("ok");
        await reporter.ExpectClosedAsync();
    }

    [Fact]
    public async Task Several_reporters_are_one_user()
    {
        await using var server = new TestServer();
        await using var ann = await server.EnterAsync("Ann");
        var (one, two) = (Open(server), Open(server));

        await one.SendLineAsync("one");
        await one.ExpectAsync("ok");
        await one.CloseAsync();
        await two.SendLineAsync("two");
        await two.ExpectAsync("ok");

        await ann.ExpectAsync("collector joined", "collector: one", "collector: two");
    }

    [Fact]
    public async Task Where_somebody_wears_the_name_the_reporter_is_told()
    {
        await using var server = new TestServer();
        await using var person = await server.EnterAsync("Collector");
        var reporter = Open(server);

        await reporter.SendLineAsync("x");

        await reporter.ExpectAsync("error: collector is already taken by somebody who is here, try again later or use another name");
    }

    [Fact]
    public async Task Limits_per_address_hold_and_the_refusal_is_an_error_too()
    {
        await using var server = new TestServer(Options(options => options.MaxConnectionsPerAddress = 1));
        var first = Open(server, "192.0.2.1");
        await first.SendLineAsync("x");
        await first.ExpectAsync("ok");

        var second = Open(server, "192.0.2.1");

        await second.ExpectAsync("error: Too many connections from your address (at most 1), close one first");
        await second.ExpectClosedAsync();
    }

    [Fact]
    public async Task A_server_that_stops_says_so()
    {
        await using var server = new TestServer();
        var reporter = Open(server);
        await reporter.SendLineAsync("x");
        await reporter.ExpectAsync("ok");

        var stopping = server.StopAsync();

        await reporter.ExpectAsync("error: Server is shutting down");
        await reporter.CloseAsync();
        await stopping.WithinSafetyAsync();
    }

    [Fact]
    public async Task The_collector_listens_where_it_is_told_to()
    {
        var options = RealServer.FreePorts();
        (options.Collect, options.CollectRoom, options.CollectName) = (ListenAddress.Loopback(0), "main", "cron");
        await using var server = await RealServer.StartAsync(options);
        await using var ann = await server.EnterAsync("Ann");
        await using var reporter = await ScriptedClient.ConnectAsync(server.AddressOf("collect"));

        await reporter.SendLineAsync("backup done");

        await reporter.ExpectAsync("ok");
        await ann.ExpectAsync("cron joined", "cron: backup done");
    }

    private static ParleyOptions Options(Action<ParleyOptions> change)
    {
        var options = new ParleyOptions();
        change(options);
        return options;
    }

    private static ScriptedClient Open(TestServer server, string address = TestServer.LoopbackAddress)
    {
        server.Options.CollectRoom = "main";
        var posters = server.Posters;
        var handler = new CollectConnectionHandler(server.Connections, new CollectContext(posters, server.Options));
        return server.Open(handler, new InMemoryConnection { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 50000) }, "reporter");
    }
}
