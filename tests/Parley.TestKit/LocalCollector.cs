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

namespace Parley.TestKit;

/// <summary>An OpenTelemetry collector on a free port of this machine, which takes OTLP over HTTP and keeps the names that are in it.</summary>
public sealed class LocalCollector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LocalCollector(WebApplication app) => _app = app;

    /// <summary>What came: the path, and the body as text, in which the names in protobuf can be read.</summary>
    public BlockingCollection<(string Path, string ContentType, string Body)> Requests { get; } = [];

    /// <summary>Where it is, as <c>--otlp</c> takes it.</summary>
    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Begins to listen.</summary>
    public static async Task<LocalCollector> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var collector = new LocalCollector(builder.Build());
        collector._app.Run(collector.TakeAsync);
        await collector._app.StartAsync();
        return collector;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        var body = http.Request.Headers.ContentEncoding == "gzip" ? new GZipStream(http.Request.Body, CompressionMode.Decompress) : http.Request.Body;
        using var reader = new StreamReader(body, Encoding.Latin1);
        Requests.Add((http.Request.Path, http.Request.ContentType ?? "", await reader.ReadToEndAsync().WithinSafetyAsync()));
        http.Response.ContentType = "application/x-protobuf";
    }
}
