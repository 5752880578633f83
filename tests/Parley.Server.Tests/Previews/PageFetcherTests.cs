using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Server.Http;
using Parley.Server.Options;
using Parley.Server.Previews;
using Parley.TestKit;

namespace Parley.Server.Tests.Previews;

/// <summary>Pages that mean no good, over real connections to this machine, which the guard lets through where the test says so.</summary>
public sealed class PageFetcherTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly ParleyOptions _options = new() { LinkPreviewKilobytes = 64 };
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cutOff = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication _site = null!;
    private string _headers = "";
    private int _port;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _site = builder.Build();
        _site.Run(AnswerAsync);
        await _site.StartAsync(TestContext.Current.CancellationToken);
        _port = new Uri(_site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
    }

    public async ValueTask DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData("/page")]
    [InlineData("/xhtml")]
    [InlineData("/redirect/3")]
    [InlineData("/zipped")]
    public async Task A_page_is_read(string path)
    {
        Assert.Equal(new LinkPreview("A page", "", "127.0.0.1"), await FetchAsync(path));
        Assert.DoesNotContain("Cookie", _headers, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", _headers, StringComparison.Ordinal);
        Assert.DoesNotContain("Referer", _headers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/picture")]
    [InlineData("/untyped")]
    [InlineData("/missing")]
    [InlineData("/nowhere")]
    [InlineData("/elsewhere/ftp")]
    [InlineData("/elsewhere/user")]
    [InlineData("/elsewhere/port")]
    [InlineData("/elsewhere/nonsense")]
    [InlineData("/broken-zip")]
    [InlineData("/hangs-up")]
    public async Task What_is_no_page_has_no_preview(string path) => Assert.Null(await FetchAsync(path));

    [Fact]
    public async Task Redirects_end()
    {
        Assert.Null(await FetchAsync("/loop"));
        Assert.Equal(PageFetcher.MaxRedirects + 1, _asked.Count);
    }

    [Theory]
    [InlineData("/endless")]
    [InlineData("/bomb")]
    public async Task Of_a_page_without_an_end_the_beginning_is_read(string path)
    {
        Assert.Equal("A page", (await FetchAsync(path))!.Title);
        await _cutOff.Task.WithinSafetyAsync();
    }

    [Theory]
    [InlineData("/silent")]
    [InlineData("/stalling")]
    public async Task A_page_that_does_not_come_is_given_up(string path)
    {
        var fetching = FetchAsync(path);
        await _stalled.Task.WithinSafetyAsync();
        await _time.WhenTimerArmedAsync(_options.LinkPreviewTimeout);
        _time.Advance(_options.LinkPreviewTimeout);

        Assert.Null(await fetching.WithinSafetyAsync());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("0x7f.1")]
    [InlineData("2130706433")]
    public async Task Addresses_within_are_not_connected_to(string host)
    {
        Assert.Null(await FetchAsync("/page", _ => false, host));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task A_redirect_to_an_address_within_is_not_followed()
    {
        // 127.0.0.1 stands for the public Internet here, and 127.0.0.2 for what is within.
        Assert.Null(await FetchAsync("/elsewhere/within", address => address.Equals(IPAddress.Loopback)));
        Assert.Equal(["/elsewhere/within"], _asked);
    }

    [Fact]
    public async Task Only_ports_of_the_web_are_asked()
    {
        Assert.True(PageFetcher.IsPortOfTheWeb(80));
        Assert.True(PageFetcher.IsPortOfTheWeb(443));
        Assert.False(PageFetcher.IsPortOfTheWeb(25));
        using var fetcher = new PageFetcher(_options, _time, PageFetcher.CreateHandler(new OutwardGuard(_ => true)), PageFetcher.IsPortOfTheWeb);
        Assert.Null(await fetcher.FetchAsync(new Uri($"http://127.0.0.1:{_port}/page"), TestContext.Current.CancellationToken));
        Assert.Empty(_asked);
    }

    private async Task<LinkPreview?> FetchAsync(string path, Func<IPAddress, bool>? isAllowed = null, string host = "127.0.0.1")
    {
        using var fetcher = new PageFetcher(_options, _time, PageFetcher.CreateHandler(new OutwardGuard(isAllowed ?? (_ => true))), port => port == _port);
        return await fetcher.FetchAsync(new Uri($"http://{host}:{_port}{path}"), TestContext.Current.CancellationToken).WithinSafetyAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        _asked.Enqueue(path);
        _headers = string.Join('\n', http.Request.Headers.Select(header => $"{header.Key}: {header.Value}"));
        var page = "<title>A page</title>"u8.ToArray();
        http.Response.ContentType = path == "/xhtml" ? "application/xhtml+xml" : path == "/picture" ? "image/svg+xml" : path == "/untyped" ? null : "text/html; charset=utf-8";
        switch (path)
        {
            case "/missing":
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
            case "/nowhere":
                http.Response.StatusCode = StatusCodes.Status302Found;
                return;
            case "/loop":
                http.Response.Redirect("/loop");
                return;
            case "/redirect/3" or "/redirect/2" or "/redirect/1":
                http.Response.Redirect(path == "/redirect/1" ? "/page" : $"/redirect/{path[^1] - '1'}");
                return;
            case "/elsewhere/ftp" or "/elsewhere/user" or "/elsewhere/port" or "/elsewhere/nonsense" or "/elsewhere/within":
                http.Response.StatusCode = StatusCodes.Status301MovedPermanently;
                http.Response.Headers.Location = path switch
                {
                    "/elsewhere/ftp" => $"ftp://127.0.0.1:{_port}/page",
                    "/elsewhere/user" => $"http://me:you@127.0.0.1:{_port}/page",
                    "/elsewhere/port" => "http://127.0.0.1:22/",
                    "/elsewhere/within" => $"http://127.0.0.2:{_port}/page",
                    _ => "http://[",
                };
                return;
            case "/hangs-up":
                http.Abort();
                return;
            case "/silent":
                _stalled.SetResult();
                await WhenGoneAsync(http);
                return;
            case "/stalling":
                await http.Response.Body.WriteAsync("<title>A"u8.ToArray(), http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                _stalled.SetResult();
                await WhenGoneAsync(http);
                return;
            case "/broken-zip":
                http.Response.Headers.ContentEncoding = "gzip";
                break;
            case "/zipped":
                http.Response.Headers.ContentEncoding = "gzip";
                page = Zip(page, 0);
                break;
            case "/bomb":
                http.Response.Headers.ContentEncoding = "gzip";
                page = Zip(page, 64 << 20);
                http.Response.ContentLength = page.Length + 1;
                await http.Response.Body.WriteAsync(page, http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                await WhenGoneAsync(http);
                _cutOff.SetResult();
                return;
            case "/endless":
                await SendWithoutEndAsync(http, page);
                return;
        }

        await http.Response.Body.WriteAsync(page, http.RequestAborted);
    }

    private async Task SendWithoutEndAsync(HttpContext http, byte[] page)
    {
        try
        {
            await http.Response.Body.WriteAsync(page, http.RequestAborted);
            while (true)
            {
                await http.Response.Body.WriteAsync(Encoding.ASCII.GetBytes(new string('x', 8000)), http.RequestAborted);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            _cutOff.SetResult();
        }
    }

    private static async Task WhenGoneAsync(HttpContext http)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = http.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    private static byte[] Zip(byte[] page, int zeroes)
    {
        var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal))
        {
            gzip.Write(page);
            gzip.Write(new byte[zeroes]);
        }

        return zipped.ToArray();
    }
}
