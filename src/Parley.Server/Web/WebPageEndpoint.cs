using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Parley.Server.Web;

/// <summary>The web page, at <c>/</c>: one more IRC client, which talks to <c>/irc</c>.</summary>
internal sealed class WebPageEndpoint(WebAssets assets)
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const string AskFirst = "no-cache";

    /// <summary>Maps the page and its files.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/", Read, SendPageAsync);
        routes.MapMethods("/manifest.webmanifest", Read, http => SendAsync(http, assets.Manifest, AskFirst));
        routes.MapMethods("/service-worker.js", Read, http => SendAsync(http, assets.ServiceWorker, AskFirst));
        routes.MapMethods($"/app/{assets.Version}/{{**path}}", Read, SendFileAsync);
    }

    private static IEnumerable<string> Read => [HttpMethods.Get, HttpMethods.Head];

    private Task SendPageAsync(HttpContext http)
    {
        // Its addresses are relative: under a path that an application has chosen, they need the stroke at its end.
        if (!http.Request.Path.Value!.EndsWith('/'))
        {
            http.Response.Redirect(http.Request.PathBase + http.Request.Path + "/", permanent: false);
            return Task.CompletedTask;
        }

        return SendAsync(http, assets.Page, AskFirst);
    }

    private Task SendFileAsync(HttpContext http)
    {
        if (assets.Find((string?)http.GetRouteValue("path") ?? "") is { } file)
        {
            return SendAsync(http, file, Forever);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static async Task SendAsync(HttpContext http, WebAsset file, string caching)
    {
        var headers = http.Response.Headers;
        if (file.IsPart)
        {
            ContentSecurity.ApplyToPart(http);
        }
        else
        {
            ContentSecurity.Apply(http);
        }

        headers.CacheControl = caching;
        headers.ETag = file.ETag;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(EntityTagHeaderValue.Parse(file.ETag), useStrongComparison: false)))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var content = file.Content;
        if (file.IsText && Takes(http.Request, "br"))
        {
            (content, headers.ContentEncoding) = (file.Brotli, "br");
        }
        else if (file.IsText && Takes(http.Request, "gzip"))
        {
            (content, headers.ContentEncoding) = (file.Gzip, "gzip");
        }

        http.Response.ContentType = file.ContentType;
        http.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(content, http.RequestAborted);
        }
    }

    private static bool Takes(HttpRequest request, string compression)
        => request.GetTypedHeaders().AcceptEncoding.Any(coding => coding.Value.Equals(compression, StringComparison.OrdinalIgnoreCase) && coding.Quality is not 0);
}
