using System.Net;
using System.Net.WebSockets;
using System.Text;
using Parley.Server.Metrics;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Metrics;

public sealed class MetricsEndpointTests
{
    [Fact]
    public async Task What_is_served_is_valid_and_counts_what_happened()
    {
        await using var server = await RealServer.StartAsync();
        await using var ann = await server.EnterAsync("ann");
        await using var ben = await server.EnterAsync("ben");
        await ann.SendLineAsync("hello");
        await ben.ReadUntilAsync("ann: hello");

        // ann: two new names, that ben joined, the message; ben: one new name, the message. Sent is counted when it has been.
        var metrics = await server.UntilAsync(metrics => metrics.Samples["parley_messages_sent_total{protocol=\"lines\"}"] == 6);
        Assert.Equal(2, metrics.Samples["parley_connections{protocol=\"lines\"}"]);
        Assert.Equal(0, metrics.Samples["parley_connections{protocol=\"addressed\"}"]);
        Assert.Equal(2, metrics.Samples["parley_connections_opened_total{protocol=\"lines\"}"]);
        Assert.Equal(2, metrics.Samples["parley_users"]);
        Assert.Equal(2, metrics.Samples["parley_sessions"]);
        Assert.Equal(1, metrics.Samples["parley_rooms"]);
        Assert.Equal(0, metrics.Samples["parley_outbox_waiting_bytes"]);
        Assert.Equal(1, metrics.Samples["parley_messages_received_total{protocol=\"lines\"}"]);
        Assert.True(metrics.Samples["parley_sent_bytes_total{protocol=\"lines\"}"] > 0);
        Assert.True(metrics.Samples["parley_sends_total{protocol=\"lines\"}"] > 0);
        Assert.True(metrics.Samples["parley_send_size_bytes_count{protocol=\"lines\"}"] > 0);
        Assert.Equal(0, metrics.Samples["parley_errors_total{kind=\"session_failed\"}"]);
        Assert.Contains("dotnet_gc_collections_total", metrics.Names);
        Assert.Contains("kestrel_active_connections", metrics.Names);
    }

    [Fact]
    public async Task The_first_message_is_timed()
    {
        await using var server = await RealServer.StartAsync();
        await using var ann = await server.EnterAsync("ann");
        await ann.SendLineAsync("hello");
        await ann.ReadUntilAsync("ann: hello");
        await server.UntilAsync(metrics => metrics.Samples.GetValueOrDefault("parley_message_latency_seconds_count{protocol=\"lines\"}") == 1);
    }

    [Fact]
    public async Task A_direct_message_is_timed()
    {
        await using var server = await RealServer.StartAsync();
        await using var ann = await server.EnterAsync("ann");
        await ann.SendLineAsync("/msg ann hello");
        await ann.ReadUntilAsync("from ann: hello");
        await server.UntilAsync(metrics => metrics.Samples.GetValueOrDefault("parley_message_latency_seconds_count{protocol=\"lines\"}") == 1);
    }

    [Fact]
    public async Task Who_comes_over_WebSocket_is_counted_as_such()
    {
        await using var server = await RealServer.StartAsync();
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("text.ircv3.net");
        await socket.ConnectAsync(new Uri($"ws://{server.AddressOf("http")}/irc"), TestContext.Current.CancellationToken);
        foreach (var line in (string[])["NICK web", "USER web 0 * :web", "JOIN #room", "PRIVMSG #room :hello"])
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(line), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        }

        var metrics = await server.UntilAsync(metrics => metrics.Samples["parley_messages_received_total{protocol=\"websocket\"}"] == 1);
        Assert.Equal(1, metrics.Samples["parley_connections{protocol=\"websocket\"}"]);
        Assert.Equal(0, metrics.Samples["parley_connections{protocol=\"irc\"}"]);
        Assert.Equal(0, metrics.Samples.GetValueOrDefault("parley_messages_received_total{protocol=\"irc\"}"));
        socket.Abort();
        metrics = await server.UntilAsync(metrics => metrics.Samples["parley_connections{protocol=\"websocket\"}"] == 0);
        Assert.Equal(1, metrics.Samples["parley_connections_opened_total{protocol=\"websocket\"}"]);
    }

    [Fact]
    public async Task What_programs_say_is_counted_as_such()
    {
        await using var server = await TokenServer.StartAsync();
        await server.MustPostAsync(await server.CreateAsync(), "main", "deploy done");
        var metrics = await server.Server.MetricsAsync();
        Assert.Equal(1, metrics.Samples["parley_messages_received_total{protocol=\"post\"}"]);
    }

    [Fact]
    public async Task What_never_happened_is_there_as_nothing()
    {
        await using var server = await RealServer.StartAsync();
        var metrics = await server.MetricsAsync();
        Assert.All(
            (string[])["parley_hooks_delivered_total", "parley_hooks_failures_total", "parley_hooks_dropped_total", "parley_errors_total{kind=\"hook_gave_up\"}"],
            name => Assert.Equal(0, metrics.Samples[name]));
    }

    [Fact]
    public async Task No_label_tells_of_a_user_a_room_or_an_address_of_a_client()
    {
        await using var server = await RealServer.StartAsync();
        await using var ann = await server.EnterAsync("annabella");
        await ann.SendLinesAsync("/join secretplans", "hello");
        await ann.ReadUntilAsync("annabella: hello");
        var text = await server.GetAsync("/metrics");
        Assert.DoesNotContain("annabella", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secretplans", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Whoever_is_refused_is_an_error_by_its_kind()
    {
        var options = RealServer.FreePorts();
        options.MaxConnections = 1;
        await using var server = await RealServer.StartAsync(options);
        await using var ann = await server.EnterAsync("ann");
        await using var late = await ScriptedClient.ConnectAsync(server.AddressOf("lines"), "late");
        await late.ExpectMatchAsync(".*full.*");
        await server.UntilAsync(metrics => metrics.Samples["parley_errors_total{kind=\"refused\"}"] == 1);
    }

    [Fact]
    public async Task The_format_is_said_in_the_content_type()
    {
        await using var server = await RealServer.StartAsync();
        using var http = server.Http();
        using var response = await http.GetAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Equal(PrometheusWriter.ContentType, response.Content.Headers.ContentType!.ToString());
    }

    [Theory]
    [InlineData(HttpAccess.Open, HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData(HttpAccess.Loopback, HttpStatusCode.OK, HttpStatusCode.Unauthorized)]
    [InlineData(HttpAccess.Off, HttpStatusCode.NotFound, HttpStatusCode.NotFound)]
    public async Task Who_may_read_them_is_a_setting(HttpAccess access, HttpStatusCode here, HttpStatusCode elsewhere)
    {
        var options = RealServer.FreePorts();
        options.Metrics = access;
        await using var server = await RealServer.StartAsync(options);
        using var http = server.Http();
        using var own = await http.GetAsync("/metrics", TestContext.Current.CancellationToken);
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        using var others = await http.GetAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Equal((here, elsewhere), (own.StatusCode, others.StatusCode));
        Assert.Equal(access == HttpAccess.Open, (await others.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("parley_users", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("status", HttpStatusCode.OK)]
    [InlineData("post:*", HttpStatusCode.Forbidden)]
    public async Task A_token_for_what_is_for_operators_opens_them(string scopes, HttpStatusCode expected)
    {
        var options = RealServer.FreePorts();
        options.Metrics = HttpAccess.Loopback;
        await using var server = await TokenServer.StartAsync(options);
        using var http = server.Server.Http();
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        http.DefaultRequestHeaders.Authorization = new("Bearer", await server.CreateAsync("prometheus", scopes));
        using var response = await http.GetAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("true", HttpAccess.Open)]
    [InlineData("on", HttpAccess.Open)]
    [InlineData("False", HttpAccess.Off)]
    [InlineData("off", HttpAccess.Off)]
    [InlineData("loopback", HttpAccess.Loopback)]
    public void What_once_switched_them_on_and_off_still_does(string text, HttpAccess expected)
    {
        ParleyOptions options = new();
        Assert.Null(Setting.All.Single(setting => setting.Name == "metrics").Set(options, text));
        Assert.Equal(expected, options.Metrics);
    }
}
