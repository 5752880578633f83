using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Parley.Cli.Serve;

/// <summary>
/// Stands before the log on standard error. What strangers have put into an entry is escaped and cut; and of one kind of entry, which
/// anybody may cause as often as they like, so many are written and the others are counted.
/// </summary>
[ProviderAlias("Console")]
internal sealed class GuardedLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    /// <summary>Entries of one kind that are written at once.</summary>
    public const int Burst = 50;

    /// <summary>When one more of a kind is written, and how often those that were not are told.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ILoggerProvider _inner;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<(string Category, int Kind), LogBudget> _budgets = new();
    private readonly ITimer _timer;

    public GuardedLoggerProvider(ILoggerProvider inner, TimeProvider time)
    {
        (_inner, _time) = (inner, time);
        _timer = time.CreateTimer(static its => ((GuardedLoggerProvider)its!).TellLeftOut(), this, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }

    public ILogger CreateLogger(string categoryName) => new GuardedLogger(_inner.CreateLogger(categoryName), categoryName, this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => (_inner as ISupportExternalScope)?.SetScopeProvider(scopeProvider);

    public void Dispose()
    {
        _timer.Dispose();
        TellLeftOut();
        _inner.Dispose();
    }

    private void TellLeftOut()
    {
        foreach (var budget in _budgets.Values)
        {
            budget.TellLeftOut();
        }
    }

    private sealed class GuardedLogger(ILogger inner, string category, GuardedLoggerProvider provider) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!inner.IsEnabled(logLevel))
            {
                return;
            }

            var leftOut = 0L;

            // Whoever asks for all that happens is told all; and a failure of the server itself is never one of many.
            if (logLevel is >= LogLevel.Information and < LogLevel.Critical)
            {
                var budget = provider._budgets.GetOrAdd((category, eventId.Id), static (key, its) => new LogBudget(its.Logger, its.Level, key.Kind, its.Time), (Logger: inner, Level: logLevel, Time: provider._time));
                if (!budget.TryTake(out leftOut))
                {
                    return;
                }
            }

            var entry = LogEntryText.Of(formatter(state, exception), state);
            inner.Log(
                logLevel,
                eventId,
                leftOut > 0 ? entry.With($" ({leftOut} more such entries were not written)") : entry,
                exception is null ? null : new LoggedException(exception),
                static (shown, _) => shown.ToString());
        }
    }

    /// <summary>An exception as it may be shown.</summary>
    private sealed class LoggedException(Exception exception) : Exception(LogText.Escape(exception.Message, LogEntryText.MaxMessageChars))
    {
        private readonly string _text = LogText.Escape(exception.ToString(), LogEntryText.MaxExceptionChars, keepsLines: true);

        public override string ToString() => _text;
    }
}
