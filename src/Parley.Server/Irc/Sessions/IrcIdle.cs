namespace Parley.Server.Irc.Sessions;

/// <summary>Record of the time for which one client has said nothing, and of whether it was asked why.</summary>
internal sealed class IrcIdle(TimeProvider time)
{
    private long _lastHeard = time.GetTimestamp();
    private int _isAsked;
    private TaskCompletionSource? _awaited;

    /// <summary>Time since the client last said anything.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref _lastHeard));

    /// <summary>The client has said something.</summary>
    public void Heard()
    {
        Volatile.Write(ref _lastHeard, time.GetTimestamp());
        Volatile.Write(ref _isAsked, 0);
        Volatile.Read(ref _awaited)?.TrySetResult();
    }

    /// <summary>True if it says anything from now on, within so long.</summary>
    public async Task<bool> AnswersAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var awaited = Interlocked.CompareExchange(ref _awaited, mine, null) ?? mine;
        try
        {
            await awaited.Task.WaitAsync(patience, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            Interlocked.CompareExchange(ref _awaited, null, awaited);
        }
    }

    /// <summary>True if it is to be asked now: once in each silence.</summary>
    public bool TryAsk() => Interlocked.Exchange(ref _isAsked, 1) == 0;
}
