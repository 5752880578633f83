using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Files;
using Parley.Server.Http;
using Parley.Server.Http.Accounts;
using Parley.Server.Http.Api;
using Parley.Server.Metrics;
using Parley.Server.Options;
using Parley.Server.Previews;
using Parley.Server.Status;
using Parley.Server.Web;
using Parley.Server.Web.Login;
using Parley.Server.WebSockets;

namespace Parley.Server.Hosting;

/// <summary>HTTP endpoints of a Parley server, under a path of an application's choice.</summary>
public static class ParleyEndpoints
{
    /// <summary>Maps health, messages to rooms, IRC over WebSocket, and the web page; the application's services MUST have a server: see <see cref="ParleyServices.AddParley(IServiceCollection, Action{Options.ParleyOptions}?)"/>.</summary>
    /// <param name="routes">The application.</param>
    /// <param name="prefix">The path that all of it is under, such as <c>/chat</c>.</param>
    /// <returns>All of it, for what else the application wants of it, such as who may.</returns>
    public static IEndpointConventionBuilder MapParley(this IEndpointRouteBuilder routes, string prefix = "")
    {
        var services = routes.ServiceProvider;
        var options = services.GetService<ParleyOptions>()
            ?? throw new InvalidOperationException("There is no Parley server to map: call builder.Services.AddParley() first");
        var group = routes.MapGroup(prefix);
        services.GetRequiredService<BanRule>().ApplyTo(group);
        group.MapHealth(services.GetRequiredService<Readiness>());
        if (options.Metrics != HttpAccess.Off)
        {
            group.MapMetrics(services.GetRequiredService<StatusGuard>(), services.GetRequiredService<MetricsCollector>());
        }

        if (options.Status != HttpAccess.Off)
        {
            group.MapStatus(services.GetRequiredService<StatusGuard>(), services.GetRequiredService<StatusReport>());
        }

        services.GetRequiredService<PostEndpoint>().Map(group);
        services.GetRequiredService<FileEndpoint>().Map(group);
        services.GetRequiredService<PreviewEndpoint>().Map(group);
        services.GetRequiredService<WebSocketEndpoint>().Map(group);
        services.GetRequiredService<ApiEndpoints>().Map(group);
        services.GetRequiredService<AccountEndpoints>().Map(group);
        services.GetRequiredService<PasskeyEndpoints>().Map(group);
        LoginEndpoints.Map(group, services.GetService<LoginEndpoints>());
        services.GetRequiredService<WebPageEndpoint>().Map(group);
        return group;
    }
}
