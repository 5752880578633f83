using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Hosting;

public sealed class AcceptingTests
{
    [Fact]
    public async Task Who_is_stuck_in_its_first_steps_does_not_keep_others_out()
    {
        using var stuck = new StuckLog();
        await using var server = await RealServer.StartAsync(
            configureServices: services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(stuck)));
        await using var first = await ScriptedClient.ConnectAsync(server.AddressOf("lines"), "first");
        await stuck.Held.WithinSafetyAsync();

        await using (await server.EnterAsync("Ann"))
        {
            stuck.Release();
            await first.ReadUntilAsync("You joined main");
        }

        // The clock stands still: a stop would wait for whoever does not go.
        await first.DisposeAsync();
        await server.StopAsync();
    }

    /// <summary>Does not return to the first that says it has connected.</summary>
    private sealed class StuckLog : ILoggerProvider, ILogger
    {
        private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _released = new();
        private int _connections;

        public Task Held => _held.Task;

        public void Release() => _released.Set();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception).EndsWith(" connected", StringComparison.Ordinal) && Interlocked.Increment(ref _connections) == 1)
            {
                _held.SetResult();
                Assert.True(_released.Wait(Safety.Timeout, TestContext.Current.CancellationToken));
            }
        }

        public void Dispose() => _released.Dispose();
    }
}
