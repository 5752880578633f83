namespace Parley.Cli.Serve;

/// <summary>Memory and processor time that a process uses, and the means to release memory.</summary>
internal interface IProcessMemory
{
    /// <summary>Processor time that the process has taken so far.</summary>
    TimeSpan ProcessorTime { get; }

    /// <summary>Bytes that were ever allocated on the heap.</summary>
    long AllocatedBytes { get; }

    /// <summary>Bytes on the heap, garbage included.</summary>
    long HeapBytes { get; }

    /// <summary>Collects all garbage, and gives the system what is free then. Everything else stands still meanwhile.</summary>
    void Trim();

    /// <summary>Gives the system what has become free outside of the heap. Nothing stands still.</summary>
    void TrimNative();
}
