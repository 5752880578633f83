namespace Parley.Server.Irc;

/// <summary>How long one client has said nothing, and whether it was asked why.</summary>
internal sealed class IrcIdle(TimeProvider time)
{
    private long _lastHeard = time.GetTimestamp();
    private int _isAsked;

    /// <summary>How long ago it last said anything.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref _lastHeard));

    /// <summary>The client has said something.</summary>
    public void Heard()
    {
        Volatile.Write(ref _lastHeard, time.GetTimestamp());
        Volatile.Write(ref _isAsked, 0);
    }

    /// <summary>Whether it is to be asked now: once in each silence.</summary>
    public bool TryAsk() => Interlocked.Exchange(ref _isAsked, 1) == 0;
}
