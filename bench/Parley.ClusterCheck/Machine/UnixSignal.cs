namespace Parley.ClusterCheck.Machine;

/// <summary>Signals by their numbers, which those of stopping have on x86 and ARM.</summary>
internal enum UnixSignal
{
    Interrupt = 2,
    Quit = 3,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}
