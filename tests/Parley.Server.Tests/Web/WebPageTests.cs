using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Hosting;
using Parley.Server.Options;

namespace Parley.Server.Tests.Web;

/// <summary>docs/web.md: how the page and its files are served. What they do is tested in a browser.</summary>
public sealed class WebPageTests : IAsyncLifetime
{
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddParley(options =>
        {
            options.Lines = ListenAddress.Off;
            options.Addressed = ListenAddress.Off;
            options.Irc = ListenAddress.Off;
            options.Ircs = ListenAddress.Off;
        });
        _app = builder.Build();
        _app.MapParley("/chat");
        await _app.StartAsync(Token);
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task The_page_may_do_what_it_does_and_nothing_else()
    {
        using var answer = await _http.GetAsync("/chat/", Token);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.EndsWith($"connect-src 'self' ws://{_http.BaseAddress!.Authority} wss://{_http.BaseAddress.Authority}", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task A_host_that_is_none_gets_into_no_policy()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/chat/");
        Assert.True(request.Headers.TryAddWithoutValidation("Host", "x_y~z"));

        using var answer = await _http.SendAsync(request, Token);

        Assert.DoesNotContain("x_y", answer.Headers.TryGetValues("Content-Security-Policy", out var policy) ? policy.Single() : "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_the_page_refers_to_is_there_and_may_be_kept_for_ever()
    {
        var page = await _http.GetStringAsync("/chat/", Token);
        string[] files = [.. Regex.Matches(page, "(?:href|src)=\"(app/[^\"]+)\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5))
            .Select(match => match.Value.Split('"')[1]).Distinct(StringComparer.Ordinal)];

        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        Assert.DoesNotContain("//", page.Replace("<!doctype", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(files, file => file.EndsWith("/main.js", StringComparison.Ordinal));
        foreach (var file in files)
        {
            using var answer = await _http.GetAsync("/chat/" + file, Token);
            Assert.Equal((HttpStatusCode.OK, file), (answer.StatusCode, file));
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl!.ToString());
        }
    }

    [Fact]
    public async Task The_worker_keeps_files_that_are_there()
    {
        var worker = await _http.GetStringAsync("/chat/service-worker.js", Token);
        var files = Regex.Match(worker, "'(app/[^']+)'", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5)).Groups[1].Value.Split(' ');

        Assert.DoesNotContain("{{", worker, StringComparison.Ordinal);
        Assert.True(files.Length > 40, $"there are {files.Length}");
        using var last = await _http.GetAsync("/chat/" + files[^1], Token);
        Assert.Equal(HttpStatusCode.OK, last.StatusCode);
    }

    [Fact]
    public async Task As_an_app_it_opens_under_the_path_that_it_is_at_and_has_icons_that_are_there()
    {
        var manifest = await _http.GetFromJsonAsync<JsonElement>("/chat/manifest.webmanifest", Token);

        Assert.Equal(".", manifest.GetProperty("start_url").GetString());
        Assert.False(manifest.TryGetProperty("id", out _), "an id is of the whole host, where there may be two of us");
        foreach (var icon in manifest.GetProperty("icons").EnumerateArray())
        {
            using var answer = await _http.GetAsync("/chat/" + icon.GetProperty("src").GetString(), Token);
            Assert.Equal((HttpStatusCode.OK, icon.GetProperty("type").GetString()), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        }
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        using var first = await _http.GetAsync("/chat/", Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/chat/");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await _http.SendAsync(request, Token);

        Assert.Equal("no-cache", first.Headers.CacheControl!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("br;q=0, gzip", "gzip")]
    public async Task Texts_are_compressed_for_those_who_take_it(string accepted, string chosen)
    {
        var plain = await _http.GetStringAsync("/chat/", Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/chat/");
        request.Headers.Add("Accept-Encoding", accepted);

        using var answer = await _http.SendAsync(request, Token);

        Assert.Equal([chosen], answer.Content.Headers.ContentEncoding);
        var packed = await answer.Content.ReadAsStreamAsync(Token);
        await using Stream content = chosen is "br" ? new BrotliStream(packed, CompressionMode.Decompress) : new GZipStream(packed, CompressionMode.Decompress);
        using var unpacked = new StreamReader(content);
        Assert.Equal(plain, await unpacked.ReadToEndAsync(Token));
    }

    [Theory]
    [InlineData("gzip;q=0")]
    [InlineData("identity")]
    [InlineData("zstd")]
    public async Task Others_are_sent_them_as_they_are(string accepted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/chat/");
        request.Headers.Add("Accept-Encoding", accepted);

        using var answer = await _http.SendAsync(request, Token);

        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.StartsWith("<!doctype html>", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_stroke_at_its_end_the_address_leads_there()
    {
        using var answer = await _http.GetAsync("/chat", Token);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/chat/", answer.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("/chat/app/0000/main.js")]
    [InlineData("/chat/index.html")]
    [InlineData("/chat/app/")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        using var answer = await _http.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
