using Parley.Cli.Serve;
using Parley.TestKit;

namespace Parley.Cli.Tests.Serve;

public sealed class IdleTrimTests : IDisposable
{
    private const long Enough = IdleTrim.MinGarbageBytes;

    private static readonly TimeSpan Interval = IdleTrim.Interval;

    private readonly ManualTimeProvider _time = new();
    private readonly Memory _memory;
    private readonly IdleTrim _trim;

    public IdleTrimTests()
    {
        _memory = new Memory(_time);
        _trim = new IdleTrim(_memory, _time);
    }

    public void Dispose() => _trim.Dispose();

    [Fact]
    public void Memory_is_given_back_when_a_storm_is_over()
    {
        _memory.AllocatedBytes += Enough;
        _memory.ProcessorTime += Interval / 10;
        _time.Advance(Interval);
        Assert.Equal(0, _memory.Trims);

        _memory.ProcessorTime += Interval / 100;
        _time.Advance(Interval);

        Assert.Equal(1, _memory.Trims);
    }

    [Fact]
    public void Where_some_people_talk_a_storm_has_to_be_over_for_a_minute()
    {
        _memory.AllocatedBytes += Enough;
        Talk(IdleTrim.QuietTime - Interval);
        Assert.Equal(0, _memory.Trims);

        // The storm comes back for a moment.
        _memory.ProcessorTime += Interval / 10;
        _time.Advance(Interval);
        Talk(IdleTrim.QuietTime - Interval);
        Assert.Equal(0, _memory.Trims);

        Talk(Interval);
        Assert.Equal(1, _memory.Trims);

        void Talk(TimeSpan time)
        {
            for (var passed = TimeSpan.Zero; passed < time; passed += Interval)
            {
                _memory.ProcessorTime += 4 * Interval / 100;
                _time.Advance(Interval);
            }
        }
    }

    [Fact]
    public void A_little_garbage_is_not_worth_a_pause()
    {
        _memory.AllocatedBytes += Enough - 1;

        _time.Advance(10 * Interval);

        Assert.Equal(0, _memory.Trims);
    }

    [Fact]
    public void What_little_is_for_a_large_heap_is_a_quarter_of_it()
    {
        _memory.HeapBytes = 8 * Enough;
        _memory.AllocatedBytes += Enough;
        _time.Advance(Interval);
        Assert.Equal(1, _memory.Trims);

        _memory.AllocatedBytes += (2 * Enough) - 1;
        _time.Advance(10 * Interval);
        Assert.Equal(1, _memory.Trims);

        _memory.AllocatedBytes += 1;
        _time.Advance(Interval);
        Assert.Equal(2, _memory.Trims);
    }

    [Fact]
    public void Pauses_are_a_hundredth_of_the_time_at_most()
    {
        _memory.Pause = Interval;
        _memory.AllocatedBytes += Enough;
        _time.Advance(Interval);
        _memory.AllocatedBytes += Enough;

        _time.Advance(99 * Interval);
        Assert.Equal(1, _memory.Trims);

        _time.Advance(2 * Interval);
        Assert.Equal(2, _memory.Trims);
    }

    [Fact]
    public void What_is_let_go_of_in_the_seconds_after_is_given_back_too()
    {
        _time.Advance(10 * Interval);
        Assert.Equal(0, _memory.NativeTrims);

        _memory.AllocatedBytes += Enough;
        _time.Advance(6 * Interval);
        Assert.Equal(5, _memory.NativeTrims);

        _time.Advance(100 * Interval);
        Assert.Equal(10, _memory.NativeTrims);
        Assert.Equal(1, _memory.Trims);
    }

    [Fact]
    public void Nothing_is_done_when_the_server_has_ended()
    {
        _memory.AllocatedBytes += Enough;
        _trim.Dispose();

        _time.Advance(10 * Interval);

        Assert.Equal(0, _memory.Trims);
    }

    [Fact]
    public void The_runtime_gives_back_what_is_free()
    {
        var memory = new RuntimeMemory();
        Allocate(64 * 1024 * 1024);
        var before = GC.GetTotalAllocatedBytes();
        Assert.InRange(memory.AllocatedBytes, 64 * 1024 * 1024, long.MaxValue);

        memory.Trim();
        memory.TrimNative();

        var info = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        Assert.InRange(info.TotalCommittedBytes - info.HeapSizeBytes, 0, info.HeapSizeBytes / 4);
        Assert.InRange(memory.HeapBytes, 1, before);
        Assert.True(memory.ProcessorTime > TimeSpan.Zero);
    }

    private static void Allocate(int bytes)
    {
        for (var i = 0; i < bytes / 1024; i++)
        {
            GC.KeepAlive(new byte[1024]);
        }
    }

    private sealed class Memory(ManualTimeProvider time) : IProcessMemory
    {
        public TimeSpan ProcessorTime { get; set; }

        public long AllocatedBytes { get; set; }

        public long HeapBytes { get; set; }

        public TimeSpan Pause { get; set; }

        public int Trims { get; private set; }

        public int NativeTrims { get; private set; }

        public void TrimNative() => NativeTrims++;

        public void Trim()
        {
            Trims++;
            time.Advance(Pause);
        }
    }
}
