using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Parley.Server.Options;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Status;

public sealed partial class StatusTests
{
    private static readonly string[] Files = ["/status", "/status/status.css", "/status/status.js", "/status/measures.js", "/status/plot.js"];

    [Fact]
    public async Task The_page_is_made_of_its_own_files_only()
    {
        await using var server = await RealServer.StartAsync();
        using var http = server.Http();
        foreach (var file in Files)
        {
            using var response = await http.GetAsync(file, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.StartsWith("default-src 'none';", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Empty(UrlPattern().Matches(text).Select(url => url.Value).Except(["http://www.w3.org/2000/svg"]));
            Assert.DoesNotContain("innerHTML", text, StringComparison.Ordinal);
            Assert.DoesNotMatch(" (style|on[a-z]+)=", text);
            Assert.All(
                ReferencePattern().Matches(text).Select(reference => new Uri(new Uri(http.BaseAddress!, file), reference.Groups["path"].Value)),
                address => Assert.Contains(address.AbsolutePath, Files.Append("/status/data")));
        }
    }

    [Fact]
    public async Task Its_data_are_the_servers_own_metrics_and_whether_it_is_ready()
    {
        await using var server = await RealServer.StartAsync();
        await using var ann = await server.EnterAsync("ann");
        using var data = JsonDocument.Parse(await server.GetAsync("/status/data"));
        Assert.True(data.RootElement.GetProperty("ready").GetBoolean());
        Assert.Equal("ready", data.RootElement.GetProperty("health").GetString());
        var users = data.RootElement.GetProperty("metrics").GetProperty("parley.users").GetProperty("series")[0];
        Assert.Equal(1, users.GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task Every_metric_that_the_page_asks_for_is_there()
    {
        await using var server = await RealServer.StartAsync(history: true);
        await using var ann = await server.EnterAsync("ann");
        await ann.SendLineAsync("hello");
        await ann.ReadUntilAsync("ann: hello");
        using var data = JsonDocument.Parse(await server.GetAsync("/status/data"));
        var asked = MetricPattern().Matches(await server.GetAsync("/status/status.js")).Select(name => name.Groups["name"].Value).ToArray();
        Assert.True(asked.Length >= 9);
        Assert.Empty(asked.Except(data.RootElement.GetProperty("metrics").EnumerateObject().Select(metric => metric.Name)));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("Connection", "close")]
    [InlineData("Referer", "https://chat.example/status")]
    [InlineData("Origin", "https://chat.example")]
    public async Task It_is_not_shown_to_somebody_elsewhere_whose_request_comes_from_here(string header, string value)
    {
        await using var server = await RealServer.StartAsync();
        foreach (var path in Files.Append("/status/data"))
        {
            using var http = server.Http();
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add(header, value);
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("Basic", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
            Assert.Contains("parley token create NAME --status", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task It_is_not_shown_to_a_proxy_that_asks_by_HTTP_1_0_and_says_nothing_else()
    {
        await using var server = await RealServer.StartAsync();
        Assert.Equal("401", await StatusLine.OfAsync(server, "GET /status/data HTTP/1.0\r\nHost: 127.0.0.1:8080\r\n\r\n"));
        Assert.Equal("200", await StatusLine.OfAsync(server, "GET /status/data HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n"));
    }

    [Theory]
    [InlineData("http-proxy-from", "192.0.2.1")]
    [InlineData("http-hosts", "chat.example")]
    [InlineData("web-origins", "https://chat.example")]
    public async Task It_is_shown_to_nobody_without_a_token_once_HTTP_is_for_others(string setting, string value)
    {
        var options = RealServer.FreePorts();
        Assert.Null(Setting.All.Single(one => one.Name == setting).Set(options, value));
        await using var server = await RealServer.StartAsync(options);
        Assert.Equal("401", await StatusLine.OfAsync(server, "GET /status/data HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n"));
    }

    [Fact]
    public async Task A_proxy_that_is_not_listed_is_logged_once_and_the_machines_own_requests_count_as_everybodys_from_then_on()
    {
        await using var server = await RealServer.StartAsync();
        const string Own = "GET /status/data HTTP/1.1\r\nHost: localhost\r\n\r\n";
        Assert.Equal("200", await StatusLine.OfAsync(server, Own));
        Assert.Equal("401", await StatusLine.OfAsync(server, "GET /status/data HTTP/1.1\r\nHost: localhost\r\nVia: 1.1 proxy\r\n\r\n"));
        Assert.Equal("401", await StatusLine.OfAsync(server, Own));
        Assert.Single(server.Log.Entries, entry => entry.Id == 223);
    }

    [Theory]
    [InlineData("status", "Bearer", HttpStatusCode.OK)]
    [InlineData("status", "Basic", HttpStatusCode.OK)]
    [InlineData("post:* status", "Bearer", HttpStatusCode.OK)]
    [InlineData("post:*", "Bearer", HttpStatusCode.Forbidden)]
    [InlineData("post:*", "Basic", HttpStatusCode.Forbidden)]
    public async Task It_is_shown_elsewhere_to_whoever_shows_a_token_for_it(string scopes, string scheme, HttpStatusCode expected)
    {
        await using var server = await TokenServer.StartAsync();
        var token = await server.CreateAsync("grafana", scopes);
        using var response = await GetFromElsewhereAsync(server, "/status/data", scheme, token);
        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("Bearer", "parley_wrong")]
    [InlineData("Basic", "parley_wrong")]
    [InlineData("Basic", null)]
    [InlineData("Digest", "parley_wrong")]
    public async Task It_is_shown_to_nobody_whose_token_is_none(string scheme, string? token)
    {
        await using var server = await TokenServer.StartAsync();
        using var response = await GetFromElsewhereAsync(server, "/status", scheme, token);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_token_that_is_revoked_shows_it_no_more()
    {
        await using var server = await TokenServer.StartAsync();
        var token = await server.CreateAsync("grafana", "status");
        using var before = await GetFromElsewhereAsync(server, "/status/data", "Bearer", token);
        await server.RevokeAsync("grafana");
        using var after = await GetFromElsewhereAsync(server, "/status/data", "Bearer", token);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task With_a_stroke_at_its_end_it_is_the_same_page()
    {
        await using var server = await RealServer.StartAsync();
        using var http = server.Http();
        using var response = await http.GetAsync("/status/", TestContext.Current.CancellationToken);
        Assert.Equal("/status", response.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(HttpAccess.Open, HttpStatusCode.OK)]
    [InlineData(HttpAccess.Off, HttpStatusCode.NotFound)]
    public async Task It_can_be_shown_to_everybody_or_to_nobody(HttpAccess access, HttpStatusCode expected)
    {
        var options = RealServer.FreePorts();
        options.Status = access;
        await using var server = await RealServer.StartAsync(options);
        using var http = server.Http();
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        using var response = await http.GetAsync("/status", TestContext.Current.CancellationToken);
        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("/status/nothing.js")]
    [InlineData("/status/..%2Fparley.json")]
    public async Task There_are_no_other_files(string path)
    {
        await using var server = await RealServer.StartAsync();
        using var http = server.Http();
        using var response = await http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    /// <summary>As a proxy asks for somebody else.</summary>
    private static async Task<HttpResponseMessage> GetFromElsewhereAsync(TokenServer server, string path, string scheme, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Authorization = new(scheme, scheme == "Basic" && token is not null ? Convert.ToBase64String(Encoding.UTF8.GetBytes($"me:{token}")) : token);
        return await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("(?:https?:)?//[a-z][^\\s\"'`]*")]
    private static partial Regex UrlPattern();

    [GeneratedRegex("(?:src=|href=|from |new URL\\()\"(?<path>[^\"]*)\"")]
    private static partial Regex ReferencePattern();

    [GeneratedRegex("\"(?<name>parley\\.[a-z.]+)\"")]
    private static partial Regex MetricPattern();
}
