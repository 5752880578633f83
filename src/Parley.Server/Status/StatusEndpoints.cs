using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Parley.Server.Http;

namespace Parley.Server.Status;

/// <summary><c>GET /status</c>: a page for whoever operates the server, and what it asks for.</summary>
internal static class StatusEndpoints
{
    /// <summary>The page is these files and nothing else, wherever it is looked at.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    public static void MapStatus(this IEndpointRouteBuilder routes, StatusGuard guard, StatusReport report)
    {
        var status = routes.MapGroup("/status");
        status.MapGet("", http => AnswerAsync(http, guard, () => Page(http.Request)));
        status.MapGet("/{name}", http => AnswerAsync(http, guard, () => FileNamed((string)http.Request.RouteValues["name"]!)));
        status.MapGet("/data", http => AnswerAsync(http, guard, () => Results.Json(report.Take(), StatusJson.Default.StatusSnapshot)));
    }

    private static async Task AnswerAsync(HttpContext http, StatusGuard guard, Func<IResult> answer)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-cache";
        headers["Referrer-Policy"] = "no-referrer";
        try
        {
            await guard.CheckPageAsync(http);
        }
        catch (ProblemException e)
        {
            await e.Problem.WriteAsync(http);
            return;
        }

        await answer().ExecuteAsync(http);
    }

    /// <summary>Its addresses are relative, so that it can be under any path: they need the last part of its own to be what it is.</summary>
    private static IResult Page(HttpRequest request)
        => request.Path.Value is [.. var path, '/'] ? Results.LocalRedirect(request.PathBase + path) : FileNamed("index.html");

    private static IResult FileNamed(string name)
    {
        var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("status/" + name);
        return file is null || !ContentTypes.TryGetContentType(name, out var type)
            ? Results.NotFound()
            : Results.Stream(file, type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type);
    }
}
