using System.Runtime.InteropServices;

/// <summary>Makes a .NET process that was started with this assembly as its startup hook crash on a signal.</summary>
/// <remarks>The runtime wants this name, outside of any namespace. It runs in the program under test: nothing of the tests is there.</remarks>
#pragma warning disable CA1050, MA0047 // The runtime finds it by this name only.
internal static class StartupHook
{
    public const int CrashSignal = 10; // SIGUSR1 on Linux
    public const string Message = "forced by a test";

    private static PosixSignalRegistration? _registration;

    public static void Initialize() =>
        _registration ??= PosixSignalRegistration.Create(
            (PosixSignal)CrashSignal,
            context =>
            {
                context.Cancel = true;
                new Thread(() => throw new InvalidOperationException(Message)).Start();
            });
}
