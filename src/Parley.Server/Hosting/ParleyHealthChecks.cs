using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Parley.Server.Http;

namespace Parley.Server.Hosting;

/// <summary>Health of a Parley server among an application's own checks.</summary>
public static class ParleyHealthChecks
{
    /// <summary>
    /// Adds a check of the server that <c>AddParley</c> has added: healthy, degraded while people can talk and history is not kept or accounts cannot be used, unhealthy while it
    /// stops or refuses messages.
    /// </summary>
    /// <param name="checks">The application's checks.</param>
    /// <param name="name">What it is called.</param>
    public static IHealthChecksBuilder AddParley(this IHealthChecksBuilder checks, string name = "parley")
    {
        ArgumentNullException.ThrowIfNull(checks);
        return checks.Add(new HealthCheckRegistration(name, provider => new Check(provider.GetRequiredService<Readiness>()), failureStatus: null, tags: null));
    }

    private sealed class Check(Readiness readiness) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var words = readiness.Words;
            return Task.FromResult(!readiness.IsReady ? new HealthCheckResult(context.Registration.FailureStatus, words)
                : words == "ready" ? HealthCheckResult.Healthy(words)
                : HealthCheckResult.Degraded(words));
        }
    }
}
