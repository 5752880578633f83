using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Parley.Server.Metrics;

/// <summary><c>GET /metrics</c>, for Prometheus.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder routes, MetricsCollector collector)
        => routes.MapGet("/metrics", (HttpContext http) =>
        {
            http.Response.ContentType = PrometheusWriter.ContentType;
            return http.Response.WriteAsync(PrometheusWriter.Write(collector.Collect()), http.RequestAborted);
        });
}
