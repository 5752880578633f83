using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Parley.Server.Options;

namespace Parley.Server.Metrics;

/// <summary>Sends metrics and traces to an OpenTelemetry collector, in the background, and what is left when the server stops.</summary>
internal sealed class OtlpExport(ParleyOptions options) : IHostedService, IDisposable
{
    /// <summary>Time in milliseconds that the end of a server may wait for a collector that does not answer.</summary>
    private const int MaxFlushMilliseconds = 2000;

    private MeterProvider? _meters;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var resource = Describe(options);
        _meters = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(ParleyMetrics.MeterName, "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
            .AddOtlpExporter(exporter => Direct(exporter, "v1/metrics"))
            .Build();
        if (options.TraceSample > 0)
        {
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource(MessageTraces.SourceName)
                .AddOtlpExporter(exporter => Direct(exporter, "v1/traces"))
                .Build();
        }

        return Task.CompletedTask;
    }

    /// <summary>The server's description in everything that is sent. OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES go over it.</summary>
    internal static ResourceBuilder Describe(ParleyOptions options)
    {
        var isNamed = !string.Equals(options.Node, "auto", StringComparison.OrdinalIgnoreCase);
        return ResourceBuilder.CreateEmpty()
            .AddService(
                "parley",
                serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString(3),
                autoGenerateServiceInstanceId: !isNamed,
                serviceInstanceId: isNamed ? options.Node : null)
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            _traces?.ForceFlush(MaxFlushMilliseconds);
            _meters?.ForceFlush(MaxFlushMilliseconds);
        },
        cancellationToken);

    public void Dispose()
    {
        _traces?.Dispose();
        _meters?.Dispose();
    }

    /// <summary>Where the setting names a collector, this goes over OpenTelemetry's variables.</summary>
    private void Direct(OtlpExporterOptions exporter, string path)
    {
        if (options.Otlp.Url is { } url)
        {
            exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
            exporter.Endpoint = new Uri(url.ToString().TrimEnd('/') + "/" + path);
        }
    }
}
