using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Parley.Server.Metrics;

/// <summary>Counts what goes wrong by kind: each event of the log that somebody should know of, whether or not it is logged.</summary>
[ProviderAlias("Metrics")]
internal sealed class EventCounter : ILoggerProvider, ILogger
{
    /// <summary>By the names of the events; those that have not happened yet are there, too, so that their first time is seen.</summary>
    private readonly ConcurrentDictionary<string, StrongBox<long>> _counts = new(StringComparer.Ordinal);

    public EventCounter(IMeterFactory meters)
    {
        foreach (var method in typeof(Log).GetMethods())
        {
            if (method.GetCustomAttribute<LoggerMessageAttribute>() is { } its && IsError(its.Level, method.Name))
            {
                _counts[method.Name] = new StrongBox<long>();
            }
        }

        meters.Create(ParleyMetrics.MeterName).CreateObservableCounter(
            "parley.errors",
            () => _counts.Select(kind => new Measurement<long>(Volatile.Read(ref kind.Value.Value), Label(kind.Key))),
            "{error}",
            "What went wrong, by kind: the names of the log's events");
    }

    public ILogger CreateLogger(string categoryName)
        => categoryName.StartsWith("Parley.", StringComparison.Ordinal) ? this : NullLogger.Instance;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name is { } name && IsError(logLevel, name))
        {
            Interlocked.Increment(ref _counts.GetOrAdd(name, static _ => new StrongBox<long>()).Value);
        }
    }

    public void Dispose()
    {
    }

    /// <summary>Of what is only information, two are about somebody who could not be served.</summary>
    private static bool IsError(LogLevel level, string name)
        => level >= LogLevel.Warning || name is nameof(Log.Refused) or nameof(Log.Overflowed);

    private static KeyValuePair<string, object?> Label(string name) => new("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(name));
}
