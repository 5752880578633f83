using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Server.Http;
using Parley.Server.Metrics;

namespace Parley.Server.Status;

/// <summary><c>GET /metrics</c>, for Prometheus.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder routes, StatusGuard guard, MetricsCollector collector)
        => routes.MapGet("/metrics", async http =>
        {
            try
            {
                await guard.CheckMetricsAsync(http);
            }
            catch (ProblemException e)
            {
                await e.Problem.WriteAsync(http);
                return;
            }

            http.Response.ContentType = PrometheusWriter.ContentType;
            await http.Response.WriteAsync(PrometheusWriter.Write(collector.Collect()), http.RequestAborted);
        });
}
