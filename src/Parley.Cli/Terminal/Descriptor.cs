using System.Runtime.InteropServices;

namespace Parley.Cli.Terminal;

/// <summary>Calls of Unix on one of the process's descriptors.</summary>
internal static class Descriptor
{
    /// <summary>What poll(2) reports, whether it is asked for or not, once the other end of a pipe is closed.</summary>
    public const short ErrorOrHangUp = 0x008 | 0x010;

    private const short Writable = 0x004;
    private const int Interrupted = 4;

    // EAGAIN of Linux, and of macOS: somebody who shares the terminal has it not wait.
    private static readonly int TryAgain = OperatingSystem.IsLinux() ? 11 : 35;

    /// <summary>Writes all of it, and waits where it has to.</summary>
    /// <exception cref="IOException">It cannot be written; its <see cref="Exception.HResult"/> is the error's number.</exception>
    public static void Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            nint written = Write(descriptor, ref MemoryMarshal.GetReference(bytes), (nuint)bytes.Length);
            if (written >= 0)
            {
                bytes = bytes[(int)written..];
                continue;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error == TryAgain)
            {
                Wait(descriptor, Writable);
            }
            else if (error != Interrupted)
            {
                throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
            }
        }
    }

    /// <summary>Waits for one of these events, or an error; gives what there is.</summary>
    public static short Wait(int descriptor, short events)
    {
        var watched = new PollDescriptor { Descriptor = descriptor, Requested = events };
        int ready;
        do
        {
            ready = Poll(ref watched, 1, -1);
        }
        while (ready < 0 && Marshal.GetLastPInvokeError() == Interrupted);

        return ready > 0 ? watched.Returned : (short)0;
    }

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Write(int descriptor, ref byte bytes, nuint count);

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref PollDescriptor descriptors, nuint count, int timeoutMilliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Requested;
        public short Returned;
    }
}
