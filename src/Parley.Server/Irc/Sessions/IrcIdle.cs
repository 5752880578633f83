namespace Parley.Server.Irc.Sessions;

/// <summary>Record of the time for which one client has said nothing, and of whether it was asked why.</summary>
internal sealed class IrcIdle(TimeProvider time)
{
    private long _lastHeard = time.GetTimestamp();
    private int _isAsked;

    /// <summary>Time since the client last said anything.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref _lastHeard));

    /// <summary>The client has said something.</summary>
    public void Heard()
    {
        Volatile.Write(ref _lastHeard, time.GetTimestamp());
        Volatile.Write(ref _isAsked, 0);
    }

    /// <summary>State for another process: the silence, and whether the client was asked why.</summary>
    public (TimeSpan Silence, bool IsAsked) Save() => (Silence, Volatile.Read(ref _isAsked) == 1);

    /// <summary>Goes on with what another process knew.</summary>
    public void GoOn(TimeSpan silence, bool isAsked)
    {
        Volatile.Write(ref _lastHeard, time.GetTimestamp() - (long)(silence.TotalSeconds * time.TimestampFrequency));
        Volatile.Write(ref _isAsked, isAsked ? 1 : 0);
    }

    /// <summary>True if it is to be asked now: once in each silence.</summary>
    public bool TryAsk() => Interlocked.Exchange(ref _isAsked, 1) == 0;
}
