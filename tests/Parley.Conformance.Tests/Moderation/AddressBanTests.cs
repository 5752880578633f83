using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using Parley.Conformance.Tests.Support;
using Parley.Conformance.Tests.Users;
using Parley.Server.Options;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Moderation;

/// <summary>docs/operations/moderation.md: bans of addresses and networks, on every protocol. Clients come through a proxy that says for whom.</summary>
public sealed class AddressBanTests : OperatorTest
{
    private const string Told = "You are banned from this server until 2026-06-03 12:00 UTC: enough";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected override void Configure(ParleyOptions options)
    {
        base.Configure(options);
        options.Http = ListenAddress.Loopback(0);
        options.ProxyFrom = options.HttpProxyFrom = NetworkList.TryParse("127.0.0.0/8", out var proxies) ? proxies : NetworkList.None;
    }

    [Theory]
    [InlineData("irc")]
    [InlineData("lines")]
    [InlineData("addressed")]
    public async Task Whoever_comes_from_a_banned_network_is_told_once_and_cut_until_the_ban_is_over(string protocol)
    {
        var op = await OperatorAsync();
        await using var inside = await ConnectAsync(protocol, "192.0.2.7");
        await EnterAsync(inside, protocol, "Mallory");
        await using var other = await ConnectAsync(protocol, "198.51.100.7");
        await EnterAsync(other, protocol, "Other");

        var answer = await op.AskAsync("UBAN ADD 192.0.2.0/24 DURATION 2d :enough");

        Assert.Equal(["192.0.2.0/24 is banned from this server until 2026-06-03 12:00 UTC", "1 users were disconnected:", "Mallory"], answer.Where(line => line.Command == "NOTICE").Select(line => line.Text));
        Assert.Single(await inside.ReadToEndAsync(), line => line.Contains(Told, StringComparison.Ordinal));
        await using var again = await ConnectAsync(protocol, "192.0.2.250");
        Assert.Contains(Told, Assert.Single(await again.ReadToEndAsync()), StringComparison.Ordinal);

        Server.Time.Advance(TimeSpan.FromDays(2));
        await using var later = await ConnectAsync(protocol, "192.0.2.7");
        await EnterAsync(later, protocol, "Mallory");
    }

    [Fact]
    public async Task An_IPv6_address_stands_for_the_64_that_it_is_in()
    {
        var op = await OperatorAsync();
        await op.AskAsync("UBAN ADD 2001:db8::1 :enough");

        await using var same = await ConnectAsync("lines", "2001:db8::2");
        Assert.Single(await same.ReadToEndAsync());
        await using var other = await ConnectAsync("lines", "2001:db8:0:1::2");
        await EnterAsync(other, "lines", "Other");
    }

    [Fact]
    public async Task The_page_posts_and_WebSockets_are_refused_too_and_health_is_not()
    {
        var op = await OperatorAsync();
        await op.AskAsync("UBAN ADD 192.0.2.7 :enough");
        using var http = new HttpClient { BaseAddress = new Uri($"http://{Server.AddressOf("http")}") };

        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(http, "/", "192.0.2.7")).StatusCode);
        var post = await GetAsync(http, "/rooms/main/messages", "192.0.2.7", HttpMethod.Post);
        Assert.Equal(HttpStatusCode.Forbidden, post.StatusCode);
        Assert.Contains("You are banned from this server: enough", await post.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(http, "/health/live", "192.0.2.7")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(http, "/", "192.0.2.8")).StatusCode);

        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("text.ircv3.net");
        socket.Options.SetRequestHeader("X-Forwarded-For", "192.0.2.7");
        await socket.ConnectAsync(new Uri($"ws://{Server.AddressOf("http")}/irc"), Token);
        var buffer = new byte[1024];
        var received = await socket.ReceiveAsync(buffer, Token).WithinSafetyAsync();
        Assert.Equal("ERROR :You are banned from this server: enough", Encoding.UTF8.GetString(buffer, 0, received.Count));
        Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(buffer, Token).WithinSafetyAsync()).MessageType);
    }

    [Theory]
    [InlineData("0.0.0.0/0", "is everybody")]
    [InlineData("::/0", "is everybody")]
    [InlineData("127.0.0.1", "has the server's own machine in it")]
    [InlineData("127.0.0.0/8", "has the server's own machine in it")]
    [InlineData("64.0.0.0/2", "has the server's own machine in it")]
    [InlineData("198.51.0.0/16", "is about you, too")]
    [InlineData("*!*@*", "is everybody")]
    [InlineData("root!*@*", "is about you, too")]
    [InlineData("no one", "is nobody: give an account")]
    [InlineData("Nobody", "There is no account Nobody, and nobody of that name is here")]
    public async Task Nobody_bans_everybody_the_server_itself_or_oneself_and_nothing_has_changed(string target, string answer)
    {
        var op = await OperatorAsync();

        var lines = await op.AskAsync($"UBAN ADD :{target}");

        Assert.Contains(lines, line => line.Command == "FAIL" && line.Text!.Contains(answer, StringComparison.Ordinal));
        Assert.Equal("There are 0 bans", Assert.Single(await op.AskAsync("UBAN LIST")).Text);
    }

    [Fact]
    public async Task The_name_of_a_guest_stands_for_the_address_that_it_came_from()
    {
        var op = await OperatorAsync();
        await using var mallory = await ConnectAsync("lines", "192.0.2.7");
        await EnterAsync(mallory, "lines", "Mallory");

        await op.AskAsync("UBAN ADD mallory 1h :spam");

        Assert.Contains("You are banned from this server: 1h spam", (await mallory.ReadToEndAsync())[^1], StringComparison.Ordinal);
        Assert.Contains(await op.AskAsync("UBAN INFO 192.0.2.7"), line => line.Text!.StartsWith("192.0.2.7 (Network), by root at ", StringComparison.Ordinal));
        Assert.Equal("192.0.2.7 is banned no more", (await op.AskAsync("UBAN DEL 192.0.2.7"))[0].Text);
        await using var again = await ConnectAsync("lines", "192.0.2.7");
        await EnterAsync(again, "lines", "Mallory");
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient http, string path, string address, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        request.Headers.Add("X-Forwarded-For", address);
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("text/html"));
        return await http.SendAsync(request, Token);
    }

    private async Task<IrcClient> OperatorAsync()
    {
        var client = await Server.ConnectAsync();
        client.Nick = "root";
        await client.SendAllAsync("PROXY TCP4 198.51.100.1 127.0.0.1 1 2", "NICK root", "USER root 0 * :root");
        await client.ReadUntilAsync("376");
        return await RaiseAsync(client);
    }

    private async Task<ScriptedClient> ConnectAsync(string protocol, string address)
    {
        var client = await ScriptedClient.ConnectAsync(Server.AddressOf(protocol), address);
        var family = address.Contains(':', StringComparison.Ordinal) ? $"TCP6 {address} ::1" : $"TCP4 {address} 127.0.0.1";
        await client.SendBytesAsync(Encoding.ASCII.GetBytes($"PROXY {family} 50000 2\r\n"));
        return client;
    }

    private static async Task EnterAsync(ScriptedClient client, string protocol, string name)
    {
        switch (protocol)
        {
            case "irc":
                await client.SendLinesAsync($"NICK {name}", $"USER {name} 0 * :{name}", "PING done");
                await client.ReadUntilContainsAsync("PONG");
                break;
            case "lines":
                await client.ReadUntilAsync("You joined main");
                await client.SendLineAsync($"/name {name}");
                await client.ReadUntilContainsAsync($"is now {name}");
                break;
            default:
                await client.SendLinesAsync(name, $"{name}: ready");
                await client.ExpectAsync($"from {name}: ready");
                break;
        }
    }
}
