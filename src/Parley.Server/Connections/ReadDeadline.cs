using System.IO.Pipelines;

namespace Parley.Server.Connections;

/// <summary>Time for which a connection is read; then a read that is pending is cancelled.</summary>
internal sealed class ReadDeadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;

    public ReadDeadline(TimeSpan limit, TimeProvider time, PipeReader input)
    {
        _source = new CancellationTokenSource(limit, time);
        _registration = _source.Token.UnsafeRegister(static input => ((PipeReader)input!).CancelPendingRead(), input);
    }

    /// <summary>True once it is over.</summary>
    public bool IsOver => _source.IsCancellationRequested;

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
