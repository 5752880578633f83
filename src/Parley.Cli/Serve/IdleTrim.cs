namespace Parley.Cli.Serve;

/// <summary>
/// Gives memory back once a storm is over. The runtime keeps what it took while thousands arrived or much was said until
/// it has to collect again, which a server that is quiet since may not have to for hours.
/// </summary>
internal sealed class IdleTrim : IDisposable
{
    /// <summary>Time between two checks, throughout which the server has to be quiet.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Fewer bytes are not worth a pause; nor is less than a quarter of what is in use.</summary>
    public const long MinGarbageBytes = 8 * 1024 * 1024;

    /// <summary>Time for which a server has to be quiet where some people talk, who would notice a pause right behind a storm.</summary>
    public static readonly TimeSpan QuietTime = TimeSpan.FromMinutes(1);

    /// <summary>The part of one processor up to which a server counts as quiet.</summary>
    private const double MaxQuietLoad = 0.05;

    /// <summary>The part of one processor up to which it counts as idle: hardly anybody says anything.</summary>
    private const double MaxIdleLoad = 0.02;

    /// <summary>After a pause, this many times as long passes before the next.</summary>
    private const int RestFactor = 100;

    /// <summary>Number of native trims after a collection, as the compiler releases its reserve only in the seconds that follow.</summary>
    private const int NativeTrims = 10;

    private readonly IProcessMemory _memory;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private TimeSpan _processorTime;
    private long _allocatedBytes;
    private long _usedBytes;
    private long _lookedAt;
    private long _trimmedAt;
    private long _quietSince;
    private TimeSpan _rest;
    private int _nativeTrims;

    /// <summary>Starts to look.</summary>
    public IdleTrim(IProcessMemory memory, TimeProvider time)
    {
        _memory = memory;
        _time = time;
        _lookedAt = _trimmedAt = _quietSince = time.GetTimestamp();
        _processorTime = memory.ProcessorTime;
        _timer = time.CreateTimer(static trim => ((IdleTrim)trim!).Look(), this, Interval, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (!IsBelow(MaxQuietLoad))
        {
            _quietSince = _time.GetTimestamp();
        }
        else
        {
            if (IsWorthIt() && _time.GetElapsedTime(_trimmedAt) >= _rest && (IsBelow(MaxIdleLoad) || _time.GetElapsedTime(_quietSince) >= QuietTime))
            {
                Trim();
                _nativeTrims = NativeTrims;
            }
            else if (_nativeTrims > 0)
            {
                _nativeTrims--;
                _memory.TrimNative();
            }
        }

        (_lookedAt, _processorTime) = (_time.GetTimestamp(), _memory.ProcessorTime);
        _timer.Change(Interval, Timeout.InfiniteTimeSpan);
    }

    private bool IsBelow(double load) => _memory.ProcessorTime - _processorTime <= load * _time.GetElapsedTime(_lookedAt);

    private bool IsWorthIt() => _memory.AllocatedBytes - _allocatedBytes >= Math.Max(MinGarbageBytes, _usedBytes / 4);

    private void Trim()
    {
        var start = _time.GetTimestamp();
        _memory.Trim();
        _trimmedAt = _time.GetTimestamp();
        _rest = RestFactor * _time.GetElapsedTime(start, _trimmedAt);
        (_allocatedBytes, _usedBytes) = (_memory.AllocatedBytes, _memory.HeapBytes);
    }
}
