using System.Net;
using System.Net.WebSockets;
using Parley.Server.Options;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Http;

/// <summary>A page whose name was made to lead here (DNS rebinding) is of one origin with the server by that name, and by nothing else.</summary>
public sealed class HostRuleTests
{
    private static readonly string[] Paths = ["/", "/health/live", "/metrics", "/status/data", "/irc", "/no/such"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_path_answers_under_a_name_that_the_server_does_not_have()
    {
        await using var server = await TokenServer.StartAsync();
        foreach (var path in Paths)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = "rebound.example:8080" } };
            using var response = await server.Http.SendAsync(request, Token);
            Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
            Assert.Contains("--http-hosts rebound.example", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        using var post = new HttpRequestMessage(HttpMethod.Post, "/rooms/main/messages") { Headers = { Host = "rebound.example" }, Content = new StringContent("hi") };
        post.Headers.Authorization = new("Bearer", await server.CreateAsync());
        using var answer = await server.Http.SendAsync(post, Token);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_page_under_such_a_name_opens_no_WebSocket_although_host_and_origin_agree()
    {
        await using var server = await RealServer.StartAsync();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", "rebound.example");
        socket.Options.SetRequestHeader("Origin", "http://rebound.example");
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://{server.AddressOf("http")}/irc"), Token));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, socket.HttpStatusCode);
    }

    [Fact]
    public async Task A_name_that_the_settings_get_later_is_the_servers_from_then_on()
    {
        var options = RealServer.FreePorts();
        await using var server = await TokenServer.StartAsync(options);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await AskAsync());

        // As a reload does it.
        options.HttpHosts = "other.example, Chat.example";
        Assert.Equal(HttpStatusCode.OK, await AskAsync());
        options.HttpHosts = "";
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await AskAsync());

        async Task<HttpStatusCode> AskAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live") { Headers = { Host = "chat.example" } };
            using var response = await server.Http.SendAsync(request, Token);
            return response.StatusCode;
        }
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:8080", true)]
    [InlineData("chat.localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.8.8:1", true)]
    [InlineData("[::1]:8080", true)]
    [InlineData("192.0.2.7:8080", true)]
    [InlineData("[2001:db8::7]", true)]
    [InlineData("localhost.rebound.example", false)]
    [InlineData("notlocalhost", false)]
    [InlineData("127.0.0.1.rebound.example", false)]
    [InlineData("chat.example", false)]
    public async Task Addresses_and_names_of_the_machine_are_its_own(string host, bool isAllowed)
    {
        await using var server = await RealServer.StartAsync();
        Assert.Equal(isAllowed ? "200" : "421", await AskAsync(server, host));
    }

    [Fact]
    public async Task The_machines_own_name_is_one()
    {
        await using var server = await RealServer.StartAsync();
        Assert.Equal("200", await AskAsync(server, Environment.MachineName));
    }

    [Fact]
    public async Task A_request_without_a_host_is_no_browsers()
    {
        await using var server = await RealServer.StartAsync();
        Assert.Equal("200", await StatusLine.OfAsync(server, "GET /health/live HTTP/1.0\r\n\r\n"));
    }

    [Theory]
    [InlineData("chat.example", true)]
    [InlineData("CHAT.EXAMPLE:8080", true)]
    [InlineData("chat2.example", true)]
    [InlineData("www.chat.example", false)]
    [InlineData("localhost", true)]
    public async Task Names_that_are_set_are_the_servers_too(string host, bool isAllowed)
    {
        var options = RealServer.FreePorts();
        options.HttpHosts = "chat.example, chat2.example";
        await using var server = await RealServer.StartAsync(options);
        Assert.Equal(isAllowed ? "200" : "421", await AskAsync(server, host));
    }

    [Fact]
    public async Task A_listed_proxy_knows_the_names_it_asks_for()
    {
        var options = RealServer.FreePorts();
        Assert.True(NetworkList.TryParse("127.0.0.1", out var proxies));
        options.HttpProxyFrom = proxies;
        await using var server = await RealServer.StartAsync(options);
        Assert.Equal("200", await AskAsync(server, "whatever.example"));
    }

    [Fact]
    public async Task With_names_set_a_listed_proxy_is_held_to_them()
    {
        var options = RealServer.FreePorts();
        Assert.True(NetworkList.TryParse("127.0.0.1", out var proxies));
        (options.HttpProxyFrom, options.HttpHosts) = (proxies, "chat.example");
        await using var server = await RealServer.StartAsync(options);
        Assert.Equal("421", await AskAsync(server, "whatever.example"));
        Assert.Equal("200", await AskAsync(server, "127.0.0.1", "X-Forwarded-Host: chat.example\r\n"));
        Assert.Equal("421", await AskAsync(server, "127.0.0.1", "X-Forwarded-Host: whatever.example\r\n"));
    }

    [Fact]
    public async Task Any_name_will_do_where_that_is_set()
    {
        var options = RealServer.FreePorts();
        options.HttpHosts = "*";
        await using var server = await RealServer.StartAsync(options);
        Assert.Equal("200", await AskAsync(server, "whatever.example"));
    }

    private static Task<string> AskAsync(RealServer server, string host, string headers = "")
        => StatusLine.OfAsync(server, $"GET /health/live HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n");
}
