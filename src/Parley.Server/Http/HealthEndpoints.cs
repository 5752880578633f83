using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Parley.Server.Http;

/// <summary>Health checks for a supervisor: is the process alive, and does it take new users?</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes, Readiness readiness)
    {
        routes.MapGet("/health/live", (HttpContext http) => http.Response.WriteAsync("alive\n", http.RequestAborted));
        routes.MapGet("/health/ready", (HttpContext http) =>
        {
            http.Response.StatusCode = readiness.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return http.Response.WriteAsync(readiness.Words + "\n", http.RequestAborted);
        });
    }
}
