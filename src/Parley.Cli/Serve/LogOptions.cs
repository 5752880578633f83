using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Parley.Cli.Serve;

/// <summary>The log goes to standard error, so that standard output has the listeners and nothing else.</summary>
internal static class LogOptions
{
    public static void Configure(ILoggingBuilder logging, LogFormat format, LogDetail detail)
    {
        logging.SetMinimumLevel(detail switch
        {
            LogDetail.Debug => LogLevel.Debug,
            LogDetail.Warning => LogLevel.Warning,
            LogDetail.Error => LogLevel.Error,
            _ => LogLevel.Information,
        });

        // The framework's own start and stop messages are not about chat.
        logging.AddFilter("Microsoft", detail == LogDetail.Debug ? LogLevel.Debug : LogLevel.Warning);

        // What keeps the server from starting is told in one line, without a stack trace.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        if (format == LogFormat.Json)
        {
            logging.AddJsonConsole(json => json.UseUtcTimestamp = true);
        }
        else
        {
            logging.AddSimpleConsole(text =>
            {
                text.SingleLine = true;
                text.TimestampFormat = "HH:mm:ss ";
            });
        }

        Guard(logging.Services);
        logging.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;

            // Whoever logs may be on a socket loop, and nobody may be reading standard error.
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
    }

    /// <summary>Nothing gets to the console but what was made fit for it.</summary>
    private static void Guard(IServiceCollection services)
    {
        var console = services.First(service => service.ServiceType == typeof(ILoggerProvider) && service.ImplementationType == typeof(ConsoleLoggerProvider));
        services.Remove(console);
        services
            .AddSingleton<ConsoleLoggerProvider>()
            .AddSingleton<ILoggerProvider>(provider => new GuardedLoggerProvider(provider.GetRequiredService<ConsoleLoggerProvider>(), TimeProvider.System));
    }
}
