using System.Runtime.InteropServices;

namespace Parley.Cli.Serve;

/// <summary>
/// The signal that tells a server to read its settings again (SIGHUP). It never ends the process, in the middle of a start or an
/// upgrade either: one that comes too early is answered as soon as it can be.
/// </summary>
internal sealed class HangUpSignal : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PosixSignalRegistration _registration;
    private Action? _action;
    private bool _isDue;

    public HangUpSignal() => _registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
    {
        context.Cancel = true;
        Take()?.Invoke();
    });

    /// <summary>Answers the signal by an action until the result is disposed of; at once, if it has come already.</summary>
    public IDisposable AnswerBy(Action action)
    {
        bool isDue;
        lock (_gate)
        {
            (_action, isDue, _isDue) = (action, _isDue, false);
        }

        if (isDue)
        {
            action();
        }

        return new End(this);
    }

    public void Dispose() => _registration.Dispose();

    private Action? Take()
    {
        lock (_gate)
        {
            _isDue = _action is null;
            return _action;
        }
    }

    private sealed class End(HangUpSignal signal) : IDisposable
    {
        public void Dispose()
        {
            lock (signal._gate)
            {
                signal._action = null;
            }
        }
    }
}
