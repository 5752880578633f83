using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Cli.Serve;
using Parley.TestKit;

namespace Parley.Cli.Tests.Serve;

/// <summary>What strangers can put into the log, and how often.</summary>
public sealed class GuardedLoggerTests
{
    [Theory]
    [InlineData("plain text, grüße, 漢字, 😀", "plain text, grüße, 漢字, 😀")]
    [InlineData("\u001b[2J\u0007", @"\u001B[2J\u0007")]
    [InlineData("\u009b31m\u007f", @"\u009B31m\u007F")]
    [InlineData("a\r\nb\tc", @"a\u000D\u000Ab\u0009c")]
    [InlineData("\u202e\u2066\u200f\u2028", @"\u202E\u2066\u200F\u2028")]
    public void What_is_not_seen_as_itself_is_escaped(string text, string expected)
    {
        Assert.Equal(expected, LogText.Escape(text, 1000));
        Assert.Equal((expected, $"{expected} refused"), Logged(text));
    }

    [Fact]
    public void Half_a_character_is_escaped_and_a_whole_one_is_not()
        => Assert.Equal(@"\uD800x\uDC00\uDC00" + "\ud83d\ude00", LogText.Escape("\ud800x\udc00\udc00\ud83d\ude00", 1000));

    [Fact]
    public void What_is_long_is_cut()
    {
        var (argument, message) = Logged(new string('x', 8000));
        Assert.Equal(new string('x', LogEntryText.MaxArgumentChars) + "...", argument);
        Assert.Equal(new string('x', LogEntryText.MaxMessageChars) + "...", message);
    }

    [Fact]
    public void An_exception_keeps_its_lines_and_nothing_else()
    {
        var log = new Sink();
        using var provider = new GuardedLoggerProvider(log, new ManualTimeProvider());
        provider.CreateLogger("x").Log(LogLevel.Error, new EventId(204), "it failed", new InvalidOperationException("\u001b[2J"), static (text, _) => text);
        Assert.Equal(@"System.InvalidOperationException: \u001B[2J", log.Entries.Single().Exception!.ToString());
    }

    [Fact]
    public void Of_one_kind_so_many_are_written_and_the_others_are_counted()
    {
        var time = new ManualTimeProvider();
        var log = new Sink();
        using var provider = new GuardedLoggerProvider(log, time);
        var logger = provider.CreateLogger("x");

        Refuse(logger, GuardedLoggerProvider.Burst + 7, LogLevel.Information);
        logger.Log(LogLevel.Warning, new EventId(208), "another kind", null, static (text, _) => text);
        Assert.Equal(GuardedLoggerProvider.Burst + 1, log.Entries.Count);
        time.Advance(GuardedLoggerProvider.Interval);
        Refuse(logger, 2, LogLevel.Information);
        Assert.Equal("x refused (7 more such entries were not written)", log.Entries[^1].Message);

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("1 more entry of kind 203 was not written", log.Entries[^1].Message);
        Refuse(logger, GuardedLoggerProvider.Burst + 3, LogLevel.Information);
        provider.Dispose();
        Assert.Equal("3 more entries of kind 203 were not written", log.Entries[^1].Message);
    }

    [Fact]
    public void Entries_without_a_number_are_one_kind_for_each_of_those_who_write_them()
    {
        var log = new Sink();
        using var provider = new GuardedLoggerProvider(log, new ManualTimeProvider());
        foreach (var category in new[] { "Kestrel", "Hosting" })
        {
            var logger = provider.CreateLogger(category);
            for (var i = 0; i < GuardedLoggerProvider.Burst + 1; i++)
            {
                logger.Log(LogLevel.Error, default, "it failed", null, static (text, _) => text);
            }
        }

        Assert.Equal(2 * GuardedLoggerProvider.Burst, log.Entries.Count);
    }

    [Fact]
    public void Whoever_asks_for_all_that_happens_is_told_all()
    {
        var log = new Sink();
        using var provider = new GuardedLoggerProvider(log, new ManualTimeProvider());
        Refuse(provider.CreateLogger("x"), 1000, LogLevel.Debug);
        Assert.Equal(1000, log.Entries.Count);
    }

    [Fact]
    public void The_server_writes_to_its_console_through_the_guard_only()
    {
        var services = new ServiceCollection().AddLogging(logging => LogOptions.Configure(logging, LogFormat.Text, LogDetail.Info));
        using var provider = services.BuildServiceProvider();
        Assert.IsType<GuardedLoggerProvider>(Assert.Single(provider.GetServices<ILoggerProvider>()));
    }

    private static (string? Argument, string Message) Logged(string text)
    {
        var log = new Sink();
        using var provider = new GuardedLoggerProvider(log, new ManualTimeProvider());
        using var factory = new LoggerFactory([provider]);
        Refuse(factory.CreateLogger("x"), 1, LogLevel.Information, text);
        var entry = log.Entries.Single();
        return (entry.Arguments.Single(argument => argument.Key == "Address").Value?.ToString(), entry.Message);
    }

    private static void Refuse(ILogger logger, int count, LogLevel level, string text = "x")
    {
        for (var i = 0; i < count; i++)
        {
            logger.Log(level, new EventId(203), "{Address} refused", text);
        }
    }

    private sealed class Sink : ILoggerProvider, ILogger
    {
        public List<(string Message, IReadOnlyList<KeyValuePair<string, object?>> Arguments, Exception? Exception)> Entries { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => Entries.Add((formatter(state, exception), state as IReadOnlyList<KeyValuePair<string, object?>> ?? [], exception));

        public void Dispose()
        {
        }
    }
}
