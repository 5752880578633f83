using System.Runtime.InteropServices;

namespace Parley.Cli.Terminal;

/// <summary>Ctrl+C and SIGTERM as a token, and the exit code that goes with what came.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public StopSignals()
    {
        _interrupt = Register(PosixSignal.SIGINT, ExitCode.Interrupted);
        _terminate = Register(PosixSignal.SIGTERM, ExitCode.Terminated);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stopping.Token;

    /// <summary>130 or 143 once a signal has come.</summary>
    public int Code { get; private set; }

    /// <summary>Completes when a signal has come, or the reader of standard output has gone.</summary>
    public async Task WaitAsync()
    {
        if (Console.IsOutputRedirected)
        {
            ClosedPipeWatcher.Start(descriptor: 1, _stopping.Cancel);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal signal, int exitCode) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        Code = exitCode;
        _stopping.Cancel();
    });
}
