using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;

namespace Parley.Browser.Tests.Support;

/// <summary>A web server that is not ours: it serves the folder of the page as it is, with the two settings of docs/web.md.</summary>
internal sealed class PageFolder : IAsyncDisposable
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Web");

    private readonly WebApplication _app;
    private Uri _irc = new("ws://127.0.0.1/");

    private PageFolder(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>As browsers write it: without the stroke at the end.</summary>
    public string Origin => Address.GetLeftPart(UriPartial.Authority);

    public static async Task<PageFolder> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var folder = new PageFolder(app);
        app.Use(folder.SetAsync);
        app.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(Folder) });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return folder;
    }

    /// <summary>Sets where IRC is.</summary>
    public void ConnectTo(Uri irc) => _irc = irc;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task SetAsync(HttpContext http, RequestDelegate next)
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; manifest-src 'self'; "
            + $"require-trusted-types-for 'script'; connect-src {_irc.GetLeftPart(UriPartial.Authority)}";
        if (http.Request.Path != "/")
        {
            await next(http);
            return;
        }

        var page = await File.ReadAllTextAsync(Path.Combine(Folder, "index.html"), http.RequestAborted);
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(
            page.Replace("name=\"irc-address\" content=\"irc\"", $"name=\"irc-address\" content=\"{_irc}\"", StringComparison.Ordinal)
                .Replace("name=\"irc-room\" content=\"#main\"", "name=\"irc-room\" content=\"#lobby\"", StringComparison.Ordinal),
            http.RequestAborted);
    }
}
