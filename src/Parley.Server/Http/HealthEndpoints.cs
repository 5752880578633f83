using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Server.Connections;

namespace Parley.Server.Http;

/// <summary>What a supervisor asks: is the process alive, and does it take new users?</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes, ShutdownSequence shutdown)
    {
        routes.MapGet("/health/live", (HttpContext http) => http.Response.WriteAsync("alive\n", http.RequestAborted));
        routes.MapGet("/health/ready", (HttpContext http) =>
        {
            var stopping = shutdown.Stopping.IsCancellationRequested;
            http.Response.StatusCode = stopping ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
            return http.Response.WriteAsync(stopping ? "stopping\n" : "ready\n", http.RequestAborted);
        });
    }
}
